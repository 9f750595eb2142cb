namespace Chatbot.Tests.Api.Answering.Guarding;

/// <summary>The lists of attempts and of what only looks like them, beside the tests.</summary>
internal static class Collection
{
    public static IReadOnlyList<string> Read(string name)
    {
        using var file = typeof(Collection).Assembly.GetManifestResourceStream($"guarding/{name}")!;
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith("# ", StringComparison.Ordinal))];
    }
}
