namespace Chatbot.Html;

/// <summary>What kind of page one declares itself to be.</summary>
internal static class PageKinds
{
    public static PageKind Declared(DocumentReader read, StructuredData data)
    {
        if (data.IsArticle || read.DeclaresArticleBody || read.Meta("article:published_time") is not null) return PageKind.Article;
        return read.Meta("og:type")?.Contains("article", StringComparison.OrdinalIgnoreCase) == true ? PageKind.Article : PageKind.Page;
    }
}
