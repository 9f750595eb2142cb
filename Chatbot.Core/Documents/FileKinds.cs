using System.Collections.Frozen;

namespace Chatbot.Core.Documents;

/// <summary>Files that can be read, by the ending of their name. Thread-safe.</summary>
public static class FileKinds
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".pdf"] = "application/pdf",
        [".html"] = "text/html",
        [".htm"] = "text/html",
        [".xhtml"] = "application/xhtml+xml",
        [".md"] = "text/markdown",
        [".markdown"] = "text/markdown",
        [".txt"] = "text/plain",
        [".text"] = "text/plain",
        [".csv"] = "text/csv",
        [".tsv"] = "text/tab-separated-values",
        [".docx"] = Word,
        [".docm"] = Word,
        [".dotx"] = Word,
        [".xlsx"] = Workbook,
        [".xlsm"] = Workbook,
        [".pptx"] = Slides,
        [".pptm"] = Slides,
        [".ppsx"] = Slides,
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".rtf"] = "application/rtf",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>With their dots, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Endings { get; } = [.. Types.Keys.Order(StringComparer.Ordinal)];

    /// <returns>The media type; null for files that nobody reads.</returns>
    public static string? TypeOf(string name) => Types.GetValueOrDefault(Path.GetExtension(name));

    /// <summary>Whether it is a container of files, to be unpacked.</summary>
    public static bool IsArchive(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
