using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Puts together what is known of a page: text, title, language, dates.</summary>
internal static class PageExtractor
{
    public static Extraction Extract(Node root, DocumentReader read)
    {
        var data = StructuredData.Read(read.StructuredData);
        var found = ContentFinder.Find(root, PageKinds.Declared(read, data));
        var writer = new BlockWriter(n => n.Dropped);
        foreach (var part in found.Parts) writer.Write(part);

        var title = PageTitle.Find(read, Headings(root), read.Url);
        var blocks = found.Kind == PageKind.Article ? ArticleTrim.Apply(writer.Blocks) : writer.Blocks;
        blocks = ContentEdit.Apply(blocks, title);
        blocks = DeclaredFaq.Add(blocks, data);
        var language = LanguageOf(read, blocks);
        // Under an article stands who publishes it, and that is no part of it.
        if (found.Kind != PageKind.Article) blocks = DeclaredFacts.Add(blocks, data, title, language);
        return new Extraction
        {
            Title = title,
            Language = language,
            Description = OneLine(read.Meta("description", "og:description", "twitter:description")),
            Author = OneLine(data.Author ?? read.Meta("author", "article:author", "dc.creator")),
            PublishedAt = PageDates.Read(data.Published) ?? PageDates.Read(read.Meta("article:published_time", "datePublished", "date", "dc.date", "pubdate")),
            Base = read.DeclaredBase,
            Blocks = blocks,
        };
    }

    private static List<string> Headings(Node root) => root.DescendantsAndSelf().Where(n => n.Name == "h1").Take(5)
        .Select(h => InlineText.Collapse(string.Join("", h.DescendantsAndSelf().Where(n => n.IsText && n.Parent?.Name is not ("script" or "style")).Select(n => n.Text)))).Where(t => t.Length > 0).ToList();

    private static string? LanguageOf(DocumentReader read, IReadOnlyList<Block> blocks) =>
        DeclaredLanguages.TwoLetters(read.DeclaredLanguage)
        ?? DeclaredLanguages.TwoLetters(read.Meta("content-language", "og:locale", "dc.language", "language"))
        ?? DetectedLanguage.Of(blocks);

    private static string? OneLine(string? text) => text is null ? null : InlineText.Collapse(text) is { Length: > 0 } line ? line : null;
}
