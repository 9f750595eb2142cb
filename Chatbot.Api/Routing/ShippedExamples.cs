using System.Text.Json;
using Chatbot.Core.Routing;

namespace Chatbot.Api.Routing;

/// <summary>The examples that come with the product: <c>examples.json</c>, by language and intent. Safe for concurrent use.</summary>
internal static class ShippedExamples
{
    public static IReadOnlyList<RoutedText> All { get; } = Read();

    private static List<RoutedText> Read()
    {
        using var file = typeof(ShippedExamples).Assembly.GetManifestResourceStream("examples.json")
            ?? throw new InvalidOperationException("The assembly lacks examples.json.");
        var languages = JsonSerializer.Deserialize(file, ApiJson.Default.DictionaryStringDictionaryStringStringArray)!;
        return [.. languages.SelectMany(language => language.Value.SelectMany(intent => intent.Value.Select(text => new RoutedText(intent.Key, text, language.Key, IsShipped: true))))];
    }
}

/// <summary>A text with what it is meant as.</summary>
/// <param name="Intent">Name of an <see cref="Intent"/>.</param>
/// <param name="Language">Two-letter code; null when it could not be told.</param>
/// <param name="IsShipped">It came with the product.</param>
internal sealed record RoutedText(string Intent, string Text, string? Language, bool IsShipped);
