using System.Text.Json;

namespace Chatbot.Html;

/// <summary>What the JSON-LD of a page says. Broken JSON says nothing.</summary>
internal sealed class StructuredData
{
    private const int MaxDepth = 24;

    // Characters of all scripts of a page together. What is larger is a catalogue, or an attack.
    private const int MostText = 1_000_000;

    private readonly List<JsonElement> roots = [];
    private readonly List<(string Question, string AnswerHtml)> questions = [];

    private StructuredData() { }

    public bool IsArticle { get; private set; }

    public string? Author { get; private set; }

    public string? Published { get; private set; }

    /// <summary>Questions of an FAQPage with their answers, which may have markup.</summary>
    public IReadOnlyList<(string Question, string AnswerHtml)> Questions => questions;

    /// <summary>All of it, a script each.</summary>
    public IReadOnlyList<JsonElement> Roots => roots;

    public static StructuredData Read(IReadOnlyList<string> scripts)
    {
        var data = new StructuredData();
        var text = 0;
        foreach (var script in scripts)
        {
            text += script.Length;
            if (text > MostText) break;
            try
            {
                using var json = JsonDocument.Parse(script, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
                var root = json.RootElement.Clone();
                data.roots.Add(root);
                data.Visit(root, 0);
            }
            catch (JsonException)
            {
                // Pages get their templates wrong; the text does not depend on it.
            }
        }

        return data;
    }

    private void Visit(JsonElement element, int depth)
    {
        if (depth > MaxDepth) return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Visit(item, depth + 1);
            return;
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var type in Types(element)) VisitType(element, type);
        // Below an article there may be other things (a list of related ones): only the containers are looked into.
        foreach (var name in (string[])["@graph", "mainEntity", "mainEntityOfPage"])
            if (element.TryGetProperty(name, out var inner)) Visit(inner, depth + 1);
    }

    private void VisitType(JsonElement element, string type)
    {
        if (type is "NewsArticle" or "Article" or "BlogPosting" or "ReportageNewsArticle" or "OpinionNewsArticle" or "AnalysisNewsArticle" or "TechArticle" or "LiveBlogPosting")
        {
            // Technical articles are documentation: all of the page counts.
            IsArticle |= type != "TechArticle";
            Published ??= Text(element, "datePublished");
            Author ??= element.TryGetProperty("author", out var author) ? Name(author) : null;
        }

        if (type == "Question" && Text(element, "name") is { } question && element.TryGetProperty("acceptedAnswer", out var answer)
            && Text(answer, "text") is { } text) questions.Add((question, text));
    }

    private static IEnumerable<string> Types(JsonElement element)
    {
        if (!element.TryGetProperty("@type", out var type)) yield break;
        if (type.ValueKind == JsonValueKind.String) yield return type.GetString()!;
        if (type.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in type.EnumerateArray())
            if (item.ValueKind == JsonValueKind.String) yield return item.GetString()!;
    }

    private static string? Name(JsonElement author) => author.ValueKind switch
    {
        JsonValueKind.String => author.GetString(),
        JsonValueKind.Object => Text(author, "name"),
        JsonValueKind.Array => string.Join(", ", author.EnumerateArray().Take(10).Select(Name).OfType<string>()) is { Length: > 0 } names ? names : null,
        _ => null,
    };

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
