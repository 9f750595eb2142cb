namespace Chatbot.Api.Answering.Generating;

/// <summary>
/// About how many tokens a text has for a model that does not say. A word of a European language is about one token for four
/// letters, a Chinese character about one (OpenAI's rule of thumb, and what its tokenizer o200k_base makes of Chinese news). Pure.
/// </summary>
internal static class TokenEstimate
{
    private const int LettersOfToken = 4;

    public static int Of(string text)
    {
        var (letters, whole) = (0, 0);
        foreach (var c in text)
        {
            // From the CJK radicals on: Chinese, Japanese and Korean.
            if (c >= '\u2E80') whole++;
            else letters++;
        }

        return whole + ((letters + LettersOfToken - 1) / LettersOfToken);
    }
}
