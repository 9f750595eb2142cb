using Chatbot.Core.Extractions;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>Reads the text in a picture, once for the same bytes in the same languages. Safe for concurrent use.</summary>
internal sealed class ImageReader(Tesseract tesseract, PageReader pages, IDocumentArchive archive, IOptions<OcrOptions> options)
{
    private const string Version = "image/1";

    // Fewer letters are a sign or a name, and what Tesseract sees in grass and clouds.
    private const int FewestLetters = 20, FewestWords = 4;

    /// <param name="load">Gives the bytes, when they are needed; null when they are gone.</param>
    /// <returns>Its lines; empty when it shows no text, is too small or too large, or cannot be read.</returns>
    public async Task<string> ReadAsync(string blobHash, IReadOnlyList<string> languages, Func<Task<byte[]?>> load, CancellationToken cancellationToken)
    {
        var key = $"{Version} {string.Join('+', languages)}".TrimEnd();
        if (await archive.FindAsync(blobHash, key, cancellationToken) is { } known) return known.ToPlainText();
        if (await pages.ObstacleAsync(cancellationToken) is not null || await load() is not { } bytes) return "";
        var text = IsOfUse(bytes) ? await ReadAsync(bytes, languages, cancellationToken) : "";
        // What a missing language would have told is asked for again.
        if (await pages.MissingAsync(languages, cancellationToken) is null)
            await archive.KeepAsync(blobHash, key, new() { Blocks = text.Length == 0 ? [] : [new() { Kind = BlockKind.Caption, Text = text }] }, cancellationToken);
        return text;
    }

    private bool IsOfUse(byte[] bytes) => ImageSize.Of(bytes) is var (width, height)
        && (long)width * height >= options.Value.MinImageThousandDots * 1_000L && (long)width * height <= options.Value.MaxImageMillionDots * 1_000_000L;

    private async Task<string> ReadAsync(byte[] bytes, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        var installed = await tesseract.InstalledAsync(cancellationToken);
        var (configured, _) = OcrLanguages.Choose(languages, options.Value.Languages, installed);
        using var turn = await tesseract.TakeTurnAsync(cancellationToken);
        try
        {
            var reading = await tesseract.ReadAsync(bytes, OcrLanguages.Latin(configured, installed)!, cancellationToken);
            // In other letters nothing makes sense: the first of those languages that is one of the site's.
            if (!reading.IsSure && OcrLanguages.OtherScript(configured, installed) is { } other && await tesseract.ReadAsync(bytes, other, cancellationToken) is var again && again.Confidence > reading.Confidence)
                reading = again;
            if (!reading.IsSure || reading.Letters < FewestLetters) return "";
            var text = string.Join('\n', reading.Regions.Select(region => string.Join(' ', region.Select(line => line.Text))));
            return text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length >= FewestWords || text.Any(c => c >= '\u3040') ? text : "";
        }
        catch (ExtractionFailedException)
        {
            // A picture must not cost the page.
            return "";
        }
    }
}
