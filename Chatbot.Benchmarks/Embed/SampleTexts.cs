namespace Chatbot.Benchmarks.Embed;

/// <summary>Texts of 20 to 400 tokens in four languages, the same for the same seed.</summary>
internal static class SampleTexts
{
    private const int ShortestTokens = 20;
    private const int LongestTokens = 400;

    // Tokens a sentence has here on average, counted with the model's tokenizer.
    private const int SentenceTokens = 17;

    private static readonly string[] Sentences =
    [
        "The citizens' office is open from Monday to Friday, eight in the morning until noon.",
        "Please bring your identity card and a recent photograph to the appointment.",
        "A new password can be set on the account page; the old one stops working at once.",
        "Fees are due on the fifteenth of each quarter and can be paid by direct debit.",
        "Der Antrag kann online gestellt oder im Rathaus, Zimmer 214, abgegeben werden.",
        "Die Bearbeitung dauert in der Regel drei bis fünf Werktage.",
        "Sperrmüll wird nach Anmeldung zweimal im Jahr kostenlos abgeholt.",
        "Die Bibliothek verleiht Bücher, Zeitschriften, Spiele und elektronische Medien.",
        "La mairie est ouverte du lundi au vendredi de neuf heures à dix-sept heures.",
        "Les inscriptions à l'école maternelle commencent le premier mars.",
        "Le formulaire doit être signé par les deux parents ou par le tuteur légal.",
        "市民服务中心的开放时间是周一至周五上午九点到下午五点。",
        "办理居留许可需要护照、照片和租房合同。",
        "图书馆每周六举办儿童阅读活动，免费参加。",
    ];

    /// <summary>Texts that have about so many tokens in all.</summary>
    public static IReadOnlyList<string> Make(int tokens, int seed)
    {
        var random = new Random(seed);
        var texts = new List<string>();
        for (var made = 0; made < tokens;)
        {
            var length = random.Next(ShortestTokens, LongestTokens);
            var count = Math.Max(1, length / SentenceTokens);
            texts.Add(string.Join(' ', Enumerable.Range(0, count).Select(_ => Sentences[random.Next(Sentences.Length)])));
            made += count * SentenceTokens;
        }

        return texts;
    }
}
