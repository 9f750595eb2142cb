using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Takes off an article what stands around its text: date and byline above, tags and calls to action below, labels between.</summary>
internal static partial class ArticleTrim
{
    private const int Long = 80;

    private static readonly FrozenSet<string> Labels = new[]
    {
        "advert", "advertisement", "anzeige", "werbung", "publicité", "publicidad", "publicidade", "pubblicità", "реклама", "广告",
        "story continues below advertisement", "article continues below advertisement", "continue reading", "weiterlesen", "read more", "lire la suite", "leer más",
        "caption", "close", "schließen", "fermer", "video", "play", "play video", "image", "photo", "foto", "gallery", "back to gallery", "hide caption", "toggle caption",
        "share", "teilen", "partager", "compartir", "tweet", "email", "e-mail", "print", "drucken", "imprimer", "share this", "share this article", "share this:", "comments", "comment", "kommentare",
        "related", "related articles", "related stories", "related posts", "related content", "related:", "mehr zum thema", "lesen sie auch", "das könnte sie auch interessieren", "à lire aussi", "lea también", "leia também", "leggi anche", "читайте также",
        "you may also like", "you might also like", "recommended", "don't miss", "don’t miss", "more from", "loading", "loading...", "loading…", "follow us", "see also",
    }.ToFrozenSet();

    public static List<Block> Apply(IReadOnlyList<Block> blocks)
    {
        var kept = blocks.Where(b => !IsLabel(b)).ToList();
        var first = kept.FindIndex(IsRunningText);
        if (first < 0) return kept;
        var last = kept.FindLastIndex(b => !IsLoose(b));
        return kept.Where((block, i) => i <= last && (i >= first || !IsLoose(block) || (block.Kind == BlockKind.Heading && block.Level > 1 && i == first - 1))).ToList();
    }

    private static bool IsLabel(Block block) => block.Kind is BlockKind.Paragraph or BlockKind.Heading or BlockKind.ListItem or BlockKind.Caption
        && block.Text.Length < 50 && Labels.Contains(block.Text.Trim(' ', ':', '.', '…', '-', '–').ToLowerInvariant());

    private static bool IsRunningText(Block block) =>
        block.Kind is BlockKind.Code or BlockKind.Table or BlockKind.Faq || (block.Kind is BlockKind.Paragraph or BlockKind.Quote or BlockKind.ListItem or BlockKind.Definition && !IsLoose(block));

    // Short and no sentence: a label, a name, a date. Captions stay: the picture is part of the article.
    private static bool IsLoose(Block block) => block.Kind switch
    {
        BlockKind.Heading => true,
        BlockKind.Paragraph => block.Text.Length < Long && (!SentenceEnd().IsMatch(block.Text) || IsDated(block.Text)),
        _ => false,
    };

    private static bool IsDated(string text) => text.Length < 60 && Year().IsMatch(text) && Clock().IsMatch(text);

    [GeneratedRegex("[.!?…。！？][\"”“»«’')\\]]*$")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\b(19|20)\d\d\b")]
    private static partial Regex Year();

    [GeneratedRegex(@"\d:\d\d|\b[ap]\.?m\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
