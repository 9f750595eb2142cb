using System.Globalization;
using System.Text;

namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>Numbers as lists show them.</summary>
internal static class ListNumbers
{
    private static readonly (int Value, string Sign)[] s_roman =
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];

    private static readonly string[] s_chinese = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    /// <param name="format">As in DOCX ("lowerLetter"), PPTX ("alphaLc…") or ODT ("a"); others give digits.</param>
    public static string Write(int number, string? format) => format switch
    {
        "lowerLetter" or "a" or "alphaLc" => Letters(number, 'a'),
        "upperLetter" or "A" or "alphaUc" => Letters(number, 'A'),
        "lowerRoman" or "i" or "romanLc" => Roman(number).ToLowerInvariant(),
        "upperRoman" or "I" or "romanUc" => Roman(number),
        "decimalZero" => number.ToString("00", CultureInfo.InvariantCulture),
        "chineseCounting" or "chineseCountingThousand" or "ideographDigital" or "japaneseCounting" or "一, 二, 三, ..." => Chinese(number),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    // After z come aa, bb, cc.
    private static string Letters(int number, char first) =>
        number is > 0 and <= 260 ? new string((char)(first + ((number - 1) % 26)), ((number - 1) / 26) + 1) : number.ToString(CultureInfo.InvariantCulture);

    private static string Roman(int number)
    {
        if (number is < 1 or > 3999) return number.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        foreach (var (value, sign) in s_roman)
            for (; number >= value; number -= value) text.Append(sign);
        return text.ToString();
    }

    private static string Chinese(int number) => number switch
    {
        >= 1 and < 10 => s_chinese[number],
        >= 10 and < 100 => (number < 20 ? "" : s_chinese[number / 10]) + "十" + (number % 10 == 0 ? "" : s_chinese[number % 10]),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };
}
