namespace Chatbot.Html;

/// <summary>What a page declares of one thing.</summary>
internal sealed record DeclaredFact(string Name, IReadOnlyList<FactLine> Lines);

/// <param name="Text">In the page's language: <c>Phone: 030 1234</c>.</param>
/// <param name="Said">Whether a text says it already.</param>
internal sealed record FactLine(string Text, Func<SaidText, bool> Said);
