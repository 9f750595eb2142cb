using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Puts together what is known of a page: text, title, language, dates.</summary>
internal static class PageExtractor
{
    public static Extraction Extract(Node root, DocumentReader read)
    {
        var body = root.Find("body") ?? root;
        var writer = new BlockWriter(_ => false);
        writer.Write(body);
        return new Extraction
        {
            Title = read.TitleElement,
            Language = DeclaredLanguages.TwoLetters(read.DeclaredLanguage),
            Description = read.Meta("description", "og:description"),
            Blocks = writer.Blocks,
        };
    }
}
