using Chatbot.Core;
using Chatbot.Core.Blobs;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Ingestion.Extracting;
using Chatbot.Ingestion.Extracting.Ocr;
using Chatbot.Ingestion.Extracting.Office;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Indexing;

/// <summary>Puts what the pictures in an office file say behind what they stand behind. Safe for concurrent use.</summary>
internal sealed class FilePictureText(IBlobStore blobs, ImageReader reader, IOptions<OfficeOptions> office, IOptions<OcrOptions> ocr)
{
    private const int LargestPicture = 32 << 20;

    public async Task<Extraction> AddAsync(Document document, Extraction extraction, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        if (extraction.Pictures is not { Count: > 0 } pictures || await blobs.GetAsync(document.BlobHash!, cancellationToken) is not { } bytes) return extraction;
        var texts = await ReadAsync(new ExtractionSource(bytes, document.Url, document.ContentType), [.. pictures.Select(picture => picture.Part).Distinct(StringComparer.Ordinal).Take(ocr.Value.MaxImages)], languages, cancellationToken);
        var blocks = new List<Block>(extraction.Blocks.Count);
        var said = new HashSet<string>(StringComparer.Ordinal);
        var next = 0;
        for (var i = 0; i <= extraction.Blocks.Count; i++)
        {
            for (; next < pictures.Count && pictures[next].After <= i; next++)
                if (texts.TryGetValue(pictures[next].Part, out var text) && text.Length > 0 && said.Add(text)) blocks.Add(new() { Kind = BlockKind.Caption, Text = text, Page = pictures[next].Page });
            if (i < extraction.Blocks.Count) blocks.Add(extraction.Blocks[i]);
        }

        return extraction with { Blocks = blocks };
    }

    private async Task<Dictionary<string, string>> ReadAsync(ExtractionSource source, List<string> paths, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var parts = ZipParts.Open(source, office.Value, cancellationToken);
            await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (path, token) =>
            {
                byte[]? picture;
                // One part at a time is unpacked; what takes long is reading the picture.
                lock (parts) picture = parts.ReadBytes(path, LargestPicture);
                if (picture is null) return;
                var text = await reader.ReadAsync(Ids.Hash(picture), languages, () => Task.FromResult<byte[]?>(picture), token);
                lock (texts) texts[path] = text;
            });
        }
        catch (Exception error) when (error is ExtractionFailedException or InvalidDataException or IOException)
        {
            // A picture must not cost the document its text.
        }

        return texts;
    }
}
