namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// BM25 over fields (BM25F, Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009):
/// occurrences in the text are normalised by its length, those in headings and title are added with a weight.
/// </summary>
internal static class Bm25
{
    /// <summary>How soon further occurrences of a word stop to matter. 0.9 is what passages of like length want: better than the customary 1.2 on six of seven retrieval sets.</summary>
    public const float K1 = 0.9f;

    /// <summary>How much long texts are held back, 0 to 1: the customary 0.75. Chunks differ in length more on real sites than in test sets, where less would do.</summary>
    public const float B = 0.75f;

    /// <summary>What an occurrence in a heading counts beside one in the text.</summary>
    public const float HeadingWeight = 1f;

    /// <summary>What an occurrence in the title counts beside one in the text.</summary>
    public const float TitleWeight = 1f;

    /// <summary>Of a word that <paramref name="frequency"/> of <paramref name="chunks"/> chunks hold; above 0.</summary>
    public static double Idf(int frequency, int chunks) => Math.Log(1 + ((chunks - frequency + 0.5) / (frequency + 0.5)));

    /// <summary>What 1 occurrence in a text of this length counts.</summary>
    public static float LengthNorm(int length, double averageLength) => 1f / (1f - B + (B * length / (float)averageLength));

    public static float Weigh(TermCounts counts, float lengthNorm) =>
        (counts.Body * lengthNorm) + (counts.Headings * HeadingWeight) + (counts.Title * TitleWeight);

    public static float Saturate(float weight) => weight * (K1 + 1) / (weight + K1);
}
