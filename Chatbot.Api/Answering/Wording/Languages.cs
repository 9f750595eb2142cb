using System.Text.Json;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Wording;

/// <summary>Which language an asker reads, and the fixed lines in it. Safe for concurrent use.</summary>
internal static class Languages
{
    public const string Fallback = "en";

    private static readonly Dictionary<string, FixedLines> Lines = Read();

    /// <summary>Two-letter codes that have lines.</summary>
    public static IReadOnlyCollection<string> Known => Lines.Keys;

    public static FixedLines LinesOf(string language) => Lines.GetValueOrDefault(language) ?? Lines[Fallback];

    /// <summary>The language of the question, else the one asked for, else the knowledge base's first, else English; one that has lines.</summary>
    public static string Choose(string question, string? wanted, KnowledgeBaseSettings settings) =>
        FirstKnown([LanguageDetector.Detect(question), wanted, .. settings.Languages]);

    /// <summary>The first of the codes (<c>de</c>, <c>de-CH</c>) that has lines, else English.</summary>
    public static string FirstKnown(params IEnumerable<string?> codes) =>
        codes.Select(code => code?.Split('-', '_')[0].ToLowerInvariant()).FirstOrDefault(code => code is not null && Lines.ContainsKey(code)) ?? Fallback;

    private static Dictionary<string, FixedLines> Read()
    {
        using var file = typeof(Languages).Assembly.GetManifestResourceStream("texts.json")
            ?? throw new InvalidOperationException("The assembly lacks texts.json.");
        return JsonSerializer.Deserialize(file, ApiJson.Default.DictionaryStringFixedLines)!;
    }
}
