using System.Text.Json.Serialization;

namespace Chatbot.Benchmarks.Sites;

/// <summary>A question about a whole website, with the pages and phrases that answer it.</summary>
/// <param name="ExpectedPages">Relative to the site's root; empty when nothing on the site answers it.</param>
internal sealed record SiteQuestion(
    string Id,
    string Question,
    [property: JsonPropertyName("expected_pages")] IReadOnlyList<string> ExpectedPages,
    [property: JsonPropertyName("expected_phrases")] IReadOnlyList<string> ExpectedPhrases,
    string Kind)
{
    public bool HasAnswer => ExpectedPages.Count > 0;
}
