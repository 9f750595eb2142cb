using Chatbot.Api.Answering.Wording;

namespace Chatbot.Api.Prompts;

/// <summary>The templates that come with the product, one a language: <c>Shipped/{language}.md</c>. Safe for concurrent use.</summary>
internal static class ShippedPrompts
{
    private static readonly Dictionary<string, string> All = Languages.Known.ToDictionary(language => language, Read);

    /// <returns>By language; English for those that have none.</returns>
    public static string Of(string language) => All.GetValueOrDefault(language) ?? All[Languages.Fallback];

    private static string Read(string language)
    {
        using var file = typeof(ShippedPrompts).Assembly.GetManifestResourceStream($"prompts/{language}.md")
            ?? throw new InvalidOperationException($"The assembly lacks the prompt of '{language}'.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim() + "\n";
    }
}
