namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>Rows of cells; a cell that is empty is an empty text.</summary>
internal sealed record Table(IReadOnlyList<IReadOnlyList<string>> Rows, bool HasHeader);
