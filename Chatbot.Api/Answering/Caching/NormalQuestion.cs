using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Answering.Caching;

/// <summary>
/// A question without what does not change its answer: case, blanks, sentence marks, kinds of quotation marks and dashes. Signs
/// that make another word or number stay ("C++", "C#", "-5", "1.5", ".NET", quotes, which ask for a phrase), and so do accents: "schon" is not "schön". Pure.
/// </summary>
internal static class NormalQuestion
{
    public static string Of(string question)
    {
        var text = Folding.Lower(question);
        var normal = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = Plain(text[i]);
            if (char.IsWhiteSpace(c) || (IsSentenceMark(c) && IsBetweenWords(text, i)))
            {
                if (normal.Length > 0 && normal[^1] != ' ') normal.Append(' ');
            }
            else
            {
                normal.Append(c);
            }
        }

        if (normal.Length > 0 && normal[^1] == ' ') normal.Length--;
        return normal.ToString();
    }

    private static char Plain(char c) => c switch
    {
        '“' or '”' or '„' or '«' or '»' or '「' or '」' => '"',
        '‘' or '’' or '‚' or '‹' or '›' => '\'',
        '‐' or '‑' or '–' or '—' or '−' => '-',
        _ => c,
    };

    private static bool IsSentenceMark(char c) => c is '.' or ',' or ';' or ':' or '!' or '?' or '¿' or '¡' or '…' or '。' or '、' or '·';

    // "1.5", "a.b" and ".NET" are what they are because of the mark in or before them.
    private static bool IsBetweenWords(string text, int place) =>
        text[place] is not ('.' or ',' or ':') || place + 1 >= text.Length || !char.IsLetterOrDigit(text[place + 1]);
}
