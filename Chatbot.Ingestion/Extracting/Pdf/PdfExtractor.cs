using Chatbot.Core.Extractions;
using Chatbot.Core.TextAnalysis;
using Chatbot.Ingestion.Extracting.Layout;
using Chatbot.Ingestion.Extracting.Ocr;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>Reads PDF files: their text where they have any, by its place on the page; pictures of text by OCR, page by page.</summary>
internal sealed class PdfExtractor(Poppler poppler, PageReader ocr, PageImages images) : IExtractor
{
    public string Version => "pdf/5";

    public bool Handles(ExtractionSource source) =>
        source.MediaType is "application/pdf" or "application/x-pdf" || source.Extension == "pdf" || source.Bytes.Span.StartsWith("%PDF-"u8);

    public async Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        using var file = await PdfFile.WriteAsync(source, cancellationToken);
        var informing = poppler.InfoAsync(file, cancellationToken);
        var read = await poppler.ReadAsync(file, source.Name, cancellationToken);
        var info = await informing;
        var pages = await TurnAsync(file, read.Pages, cancellationToken);
        var scans = await ReadScansAsync(file, pages, source.Languages, cancellationToken);
        var missing = scans.OcrPages > 0 ? await ocr.MissingAsync(source.Languages, cancellationToken) : null;
        var blocks = Linked(DocumentLayout.ToBlocks(scans.Pages, read.Outline, cancellationToken), read.Links);
        if (info.Form == "XFA" && IsPlaceholder(blocks)) blocks = [];
        if (blocks.Count == 0) throw new ExtractionFailedException($"{source.Name} has no text that can be read: {WhyEmpty(info, scans, pages.Count)}.");
        return new Extraction
        {
            Title = info.Title ?? TitleHeading(blocks) ?? PlainText.TitleOf(source.Name),
            Language = LanguageDetector.Detect(string.Join('\n', blocks.Take(50).Select(b => b.Text))),
            Author = info.Author,
            Description = info.Subject,
            PublishedAt = info.Modified ?? info.Created,
            Blocks = blocks,
            Pages = Math.Max(pages.Count, info.Pages),
            OcrPages = scans.OcrPages,
            Note = Note(info, scans, missing, pages.Count),
            IsProvisional = missing is not null || scans.Obstacle is not null,
        };
    }

    // The words of each page's links, among the blocks that begin on it or go over to it.
    private static IReadOnlyList<Block> Linked(IReadOnlyList<Block> blocks, List<(int Page, LinkedText Line)> links)
    {
        if (links.Count == 0) return blocks;
        var all = blocks.ToArray();
        var places = Enumerable.Range(0, all.Length).ToLookup(i => all[i].Page);
        foreach (var page in links.GroupBy(link => link.Page))
        {
            List<LinkedText> lines = [.. page.Select(link => link.Line with { Text = Glyphs.Clean(link.Line.Text) is { } clean && clean.Length == link.Line.Text.Length ? clean : link.Line.Text })];
            List<int> some = [.. places[page.Key], .. places[page.Key - 1]];
            var put = LinkPlaces.Put(some.ConvertAll(i => all[i]), lines);
            for (var i = 0; i < some.Count; i++) all[some[i]] = put[i];
        }

        return all;
    }

    private async Task<List<PageText>> TurnAsync(PdfFile file, List<PageText> pages, CancellationToken cancellationToken)
    {
        for (var i = 0; i < pages.Count; i++)
            if (SidewaysText.IsOn(pages[i]) && await poppler.WordsAsync(file, pages[i].Number, cancellationToken) is { Runs.Count: > 0 } turned) pages[i] = turned;
        return pages;
    }

    private async Task<ScannedPages> ReadScansAsync(PdfFile file, List<PageText> pages, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        var candidates = pages.FindAll(page => page.Letters < TextQuality.FewLetters || TextQuality.IsDoubtful(page));
        if (candidates.Count == 0) return new(pages, 0, 0, null);
        var pictures = await images.ScansAsync(file, candidates, cancellationToken);
        // A page with a few words on white paper is what it is.
        candidates.RemoveAll(page => page.Letters > 0 && !pictures.ContainsKey(page.Number) && !TextQuality.IsDoubtful(page));
        if (candidates.Count == 0) return new(pages, 0, 0, null);
        if (await ocr.ObstacleAsync(cancellationToken) is { } obstacle)
            return new([.. pages.Select(Usable)], 0, candidates.Count(page => page.Letters == 0 ? pictures.ContainsKey(page.Number) : TextQuality.IsRubbish(page) || pictures.ContainsKey(page.Number)), obstacle);

        var doubtful = candidates.Select(page => page.Number).ToHashSet();
        var others = string.Join('\n', pages.Where(page => !doubtful.Contains(page.Number)).Take(3).SelectMany(page => page.Runs).Select(run => run.Text));
        var read = await ocr.ReadAsync(file, candidates, pictures, others, languages, cancellationToken);
        var result = pages.ConvertAll(page => read.TryGetValue(page.Number, out var seen) && TextQuality.Readable(seen.Runs) >= TextQuality.Readable(page.Runs) ? seen : Usable(page));
        return new(result, result.Count(page => page is { IsOcr: true, Runs.Count: > 0 }), candidates.Count(page => !read.ContainsKey(page.Number)), null);
    }

    // What such a form shows everywhere else: "Please wait… upgrade to the latest Adobe Reader".
    private static bool IsPlaceholder(IReadOnlyList<Block> blocks) =>
        blocks.Sum(b => b.Text.Length) < 3_000 && blocks.Any(b => b.Text.Contains("Adobe", StringComparison.OrdinalIgnoreCase));

    private static PageText Usable(PageText page) => TextQuality.IsRubbish(page) ? page with { Runs = [], Regions = null } : page;

    private static string? TitleHeading(IReadOnlyList<Block> blocks) =>
        blocks.Take(10).Where(b => b is { Kind: BlockKind.Heading, Page: 1, Text.Length: < 200 }).MinBy(b => b.Level)?.Text;

    private static string WhyEmpty(PdfInfo info, ScannedPages scans, int pages)
    {
        if (info.Form == "XFA") return "it is a form that only Adobe's programs show";
        if (scans.Obstacle is { } obstacle) return $"{Count(pages)} {(pages == 1 ? "is a scan or has" : "are scans or have")} no usable text, and {obstacle}";
        return scans.Unread > 0 ? $"the pictures of its {Count(pages)} could not be read" : $"its {Count(pages)} {(pages == 1 ? "is" : "are")} empty";
    }

    private static string? Note(PdfInfo info, ScannedPages scans, string? missing, int pages)
    {
        var notes = new List<string>();
        if (scans.Unread > 0) notes.Add($"{scans.Unread} of {Count(pages)} could not be read: {scans.Obstacle ?? "reading the pictures failed or took too long"}.");
        if (missing is not null) notes.Add(missing);
        if (info.Pages > pages) notes.Add($"Only the first {pages} of {info.Pages} pages were read.");
        return notes.Count > 0 ? string.Join(' ', notes) : null;
    }

    private static string Count(int pages) => pages == 1 ? "1 page" : $"{pages} pages";

    /// <param name="Unread">Pages without usable text that OCR could not read either.</param>
    /// <param name="Obstacle">Why OCR was not possible at all.</param>
    private sealed record ScannedPages(List<PageText> Pages, int OcrPages, int Unread, string? Obstacle);
}
