using System.Text.Json;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>A file of an evaluation set with the text that went into it.</summary>
/// <param name="Furniture">Running headers and footers, which its text leaves out.</param>
/// <param name="NeedsOcr">Its text is in pictures, in part at least.</param>
internal sealed record PdfTruth(string File, string Text, IReadOnlyList<string> Furniture, bool NeedsOcr, int Pages)
{
    /// <param name="path">A JSON object: <c>{file: {"text", "level": "text"|"ocr", "furniture"?, "pages"}}</c>.</param>
    public static async Task<IReadOnlyList<PdfTruth>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = System.IO.File.OpenRead(path);
        using var json = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        return [.. json.RootElement.EnumerateObject().Select(p => new PdfTruth(
            p.Name,
            p.Value.GetProperty("text").GetString()!,
            p.Value.TryGetProperty("furniture", out var furniture) ? [.. furniture.EnumerateArray().Select(f => f.GetString()!)] : [],
            p.Value.GetProperty("level").GetString() == "ocr",
            p.Value.GetProperty("pages").GetInt32()))];
    }
}
