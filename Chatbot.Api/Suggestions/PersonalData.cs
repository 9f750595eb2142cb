using System.Text.RegularExpressions;

namespace Chatbot.Api.Suggestions;

/// <summary>
/// Tells texts that may say who wrote them: addresses, numbers of phones, accounts and files, and whoever introduces himself.
/// Rather too many than too few: what is taken for personal is not suggested, nothing else. Pure.
/// </summary>
internal static partial class PersonalData
{
    public static bool MayBeIn(string text) => Address().IsMatch(text) || LongNumber().IsMatch(text) || Introduction().IsMatch(text);

    [GeneratedRegex(@"@|https?:|www\.|\bIBAN\b", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    // Five digits and more, however they are grouped; years and prices are shorter.
    [GeneratedRegex(@"\d(?:[\s./-]?\d){4,}")]
    private static partial Regex LongNumber();

    [GeneratedRegex(
        @"\bmy name\b|\bI am called\b|\bmy (?:wife|husband|son|daughter|child|boss|neighbou?r|address|e-?mail|phone)\b|\bmein(?:e|en|em|er)? (?:name|frau|mann|sohn|tochter|kind|chef|chefin|nachbar|nachbarin|adresse|e-?mail|telefon)|\bich (?:heiße|heisse)\b|\bje m['’]appelle\b|\bm(?:on|a) (?:nom|femme|mari|fils|fille|enfant|voisin|voisine|adresse|e-?mail|téléphone)\b|我叫|我的名字|我(?:的)?(?:老婆|妻子|丈夫|老公|儿子|女儿|孩子|邻居|地址|电话|邮箱)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Introduction();
}
