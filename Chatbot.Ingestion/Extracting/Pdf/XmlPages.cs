using Chatbot.Ingestion.Extracting.Layout;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>The pages of a PDF, with its own table of contents.</summary>
/// <param name="Pages">In order, without gaps.</param>
/// <param name="Links">Lines with links on their words, in the order of their pages.</param>
internal sealed record XmlPages(List<PageText> Pages, List<OutlineEntry> Outline, List<(int Page, LinkedText Line)> Links);
