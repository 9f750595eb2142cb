namespace Chatbot.Crawler.Rendering;

/// <summary>What speaks for rendering a page.</summary>
/// <param name="Kind">In one word, for what is learned of such pages.</param>
/// <param name="Text">For the report.</param>
/// <param name="IsStrong">Without its scripts the page has next to nothing to read.</param>
internal sealed record RenderReason(string Kind, string Text, bool IsStrong);
