namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>An entry of a document's own table of contents.</summary>
/// <param name="Level">From 1.</param>
/// <param name="Page">Where it points to, from 1.</param>
internal sealed record OutlineEntry(string Title, int Level, int Page);
