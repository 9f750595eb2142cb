using System.Text.RegularExpressions;
using Chatbot.Core.Extractions;

namespace Chatbot.Crawler.ErrorPages;

/// <summary>
/// Words by which a page may say that there is nothing. A sign only: it costs one request to look closer, so it may well be
/// seen where there is none, as in an article about the status 404.
/// </summary>
internal static partial class NotFoundSigns
{
    // Characters. Longer pages say it in their title or a heading, or they have something to say.
    private const int Short = 600;

    public static bool Has(Extraction extraction)
    {
        if (extraction.Title is { } title && Words().IsMatch(title))
            return true;

        var isShort = extraction.Blocks.Sum(b => b.Text.Length) < Short;
        return extraction.Blocks.Any(b => (isShort || b is { Kind: BlockKind.Heading, Level: <= 2 }) && Words().IsMatch(b.Text));
    }

    [GeneratedRegex(
        """
        \b(404|410)\b
        |\bnot\s+(be\s+)?found\b|\b(does\s+not|doesn[’']t|no\s+longer)\s+exist|\bno\s+longer\s+(available|here)\b|\bnot\s+available\b|\bcould(\s+not|n[’']t)\s+find\b
        |\b(page|item|product|article|content)\s+(is\s+)?(missing|gone|unavailable)\b|\bnothing\s+(was\s+)?found\b|\boops\b
        |\bnicht\s+(mehr\s+)?(gefunden|vorhanden|verfügbar|auffindbar)\b|\b(existiert|gibt\s+es)\s+(leider\s+)?nicht\b|\bnicht\s+finden\b
        |\bintrouvable\b|\bn[’']existe\s+(pas|plus)\b|\bnon\s+(trouvée?|disponible)\b|\bn[’']a\s+pas\s+été\s+trouvée?\b
        |找不到|未找到|不存在|已删除|没有找到|無法找到|見つかりません
        |\bno\s+(se\s+ha\s+)?encontrad[ao]|\bno\s+existe\b|\bnon\s+(è\s+stata\s+)?trovat[ao]\b|\bnon\s+esiste\b|\bniet\s+gevonden\b|\bbestaat\s+niet\b
        |\bnie\s+(została\s+)?znalezion[oay]|\bnie\s+istnieje\b|\bnão\s+(foi\s+)?encontrad[ao]\b|\bnão\s+existe\b|\bhittades\s+inte\b|\bikke\s+(funnet|fundet)\b|\bei\s+löyd
        |не\s+найден|не\s+существует
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Words();
}
