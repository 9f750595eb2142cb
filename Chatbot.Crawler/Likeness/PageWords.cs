using Chatbot.Core.Extractions;

namespace Chatbot.Crawler.Likeness;

/// <summary>The words of a page's main content: runs of letters and digits in lower case; of scripts that set no blanks, each character.</summary>
internal static class PageWords
{
    /// <summary>Title first, then the blocks, in order.</summary>
    public static List<string> Of(Extraction extraction)
    {
        var words = new List<string>();
        Add(words, extraction.Title);
        foreach (var block in extraction.Blocks)
            Add(words, block.Text);

        return words;
    }

    public static List<string> Of(string text)
    {
        var words = new List<string>();
        Add(words, text);
        return words;
    }

    /// <summary>Chinese, Japanese: what is written without blanks between words.</summary>
    public static bool IsIdeograph(char character) => character is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    private static void Add(List<string> words, string? text)
    {
        if (text is null)
            return;

        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isWord = i < text.Length && char.IsLetterOrDigit(text[i]);
            var stands = isWord && IsIdeograph(text[i]);
            if (isWord && !stands)
            {
                if (start < 0)
                    start = i;
                continue;
            }

            if (start >= 0)
                words.Add(text[start..i].ToLowerInvariant());
            start = -1;
            if (stands)
                words.Add(text[i].ToString());
        }
    }
}
