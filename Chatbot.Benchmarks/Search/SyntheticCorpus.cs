using System.Numerics.Tensors;
using System.Text;
using Chatbot.Core;
using Chatbot.Core.Chunks;

namespace Chatbot.Benchmarks.Search;

/// <summary>
/// Documents that follow from their number alone: five chunks about one subject each, with vectors that lie as those of a
/// real model do: all in one cone, subjects in clusters, documents in smaller ones. Safe for concurrent use.
/// </summary>
/// <param name="characters">Of a chunk, about.</param>
internal sealed class SyntheticCorpus(int chunks, int characters)
{
    public const int ChunksPerDocument = 5, Dimensions = 384;

    private const int ChunksPerTopic = 500, WordsPerQuestion = 6;

    // Squares add up to about 1: two chunks have a cosine of 0.56 at random, 0.76 in a subject, 0.84 in a document.
    private const float Cone = 0.75f, TopicPart = 0.45f, DocumentPart = 0.28f, OwnPart = 0.4f, QuestionPart = 0.35f;

    private readonly ZipfVocabulary _vocabulary = new();
    private readonly int _topics = Math.Max(20, chunks / ChunksPerTopic);

    public int Documents { get; } = chunks / ChunksPerDocument;

    public int Chunks => Documents * ChunksPerDocument;

    public static string IdOf(int document) => Ids.Derive("synthetic", document.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <param name="marker">A word to put into every chunk, such as one that tells versions apart.</param>
    public IReadOnlyList<Chunk> MakeDocument(int document, long version, string? marker = null)
    {
        var id = IdOf(document);
        var title = new StringBuilder();
        var random = new FastRandom(Seed(document, 99));
        for (var i = 0; i < 4; i++) title.Append(i == 0 ? "" : " ").Append(_vocabulary[ZipfVocabulary.DrawOfTopic(ref random, TopicOf(document))]);
        return [.. Enumerable.Range(0, ChunksPerDocument).Select(ordinal => new Chunk
        {
            Id = Ids.Derive(id, $"{version}/{ordinal}"),
            DocumentId = id,
            Version = version,
            Ordinal = ordinal,
            Text = MakeText(document, ordinal) + (marker is null ? "" : $" {marker}."),
            Title = title.ToString(),
            HeadingPath = [_vocabulary[ZipfVocabulary.DrawOfTopic(ref random, TopicOf(document))]],
            Url = $"https://synthetic.example/{document % 100}/{document}",
            Language = "en",
        })];
    }

    /// <summary>The unit-length vector of a chunk.</summary>
    public void MakeVector(int document, int ordinal, Span<float> vector)
    {
        vector.Clear();
        new FastRandom(1).AddNoise(vector, Cone);
        new FastRandom(Seed(TopicOf(document), 50)).AddNoise(vector, TopicPart);
        new FastRandom(Seed(document, 51)).AddNoise(vector, DocumentPart);
        new FastRandom(Seed(document, 52 + ordinal)).AddNoise(vector, OwnPart);
        Normalize(vector);
    }

    /// <summary>A question about some chunk: words of it, and a vector near its own.</summary>
    public (string Words, float[] Vector) MakeQuestion(int number)
    {
        var random = new FastRandom(Seed(number, 7_000));
        var (document, ordinal) = (random.Next(Documents), random.Next(ChunksPerDocument));
        var words = new HashSet<string>();
        var text = DrawWords(document, ordinal);
        while (words.Count < WordsPerQuestion)
        {
            var rank = text[random.Next(text.Count)];
            if (!ZipfVocabulary.IsFunctionWord(rank)) words.Add(_vocabulary[rank]);
        }

        var vector = new float[Dimensions];
        MakeVector(document, ordinal, vector);
        random.AddNoise(vector, QuestionPart);
        Normalize(vector);
        return (string.Join(' ', words), vector);
    }

    private string MakeText(int document, int ordinal)
    {
        var text = new StringBuilder(characters + 20);
        foreach (var rank in DrawWords(document, ordinal))
        {
            var word = _vocabulary[rank];
            if (text.Length == 0 || text[^1] == '.')
            {
                if (text.Length > 0) text.Append(' ');
                text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
            }
            else text.Append(' ').Append(word);
            if (rank % 13 == 0 || text.Length >= characters) text.Append('.');
        }

        return text.ToString();
    }

    private List<int> DrawWords(int document, int ordinal)
    {
        var random = new FastRandom(Seed(document, ordinal));
        var ranks = new List<int>(characters / 5);
        for (var length = 0; length < characters;)
        {
            var rank = random.Next(4) == 0 ? ZipfVocabulary.DrawOfTopic(ref random, TopicOf(document)) : _vocabulary.Draw(ref random);
            ranks.Add(rank);
            length += _vocabulary[rank].Length + 1;
        }

        return ranks;
    }

    private int TopicOf(int document) => new FastRandom(Seed(document, 77)).Next(_topics);

    private static ulong Seed(int number, int use) => ((ulong)(uint)number << 20) ^ (ulong)use ^ 0xC0FFEE0000000000;

    private static void Normalize(Span<float> vector) => TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
}
