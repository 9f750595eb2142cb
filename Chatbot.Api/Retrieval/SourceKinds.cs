using Chatbot.Core.Documents;
using Chatbot.Core.Faqs;

namespace Chatbot.Api.Retrieval;

/// <summary>Kinds of sources as people name them: <c>pdf</c>, <c>html</c>, <c>docx</c>, and <c>faq</c> for questions and answers of editors.</summary>
public static class SourceKinds
{
    /// <summary>What to say of a name that is none.</summary>
    public const string Hint = "An ending of files such as pdf, html or docx, or faq.";

    /// <returns>The media types; empty when it is none that is read.</returns>
    public static IReadOnlyList<string> TypesOf(string name) => name.Trim().TrimStart('.').ToLowerInvariant() switch
    {
        "faq" => [FaqContent.MediaType],
        "html" or "htm" or "xhtml" => ["text/html", "application/xhtml+xml"],
        var ending => FileKinds.TypeOf($"file.{ending}") is { } type ? [type] : [],
    };
}
