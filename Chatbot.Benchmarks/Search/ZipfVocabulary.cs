using System.Text;

namespace Chatbot.Benchmarks.Search;

/// <summary>Words as unevenly used as those of a language: the most frequent are English function words, the others are made up.</summary>
internal sealed class ZipfVocabulary
{
    // Zipf-Mandelbrot as fitted to English prose by Montemurro (2001): near 1 for common words.
    private const double Exponent = 1.05, Offset = 2.7;
    private const int Size = 200_000;

    private static readonly string[] FunctionWords =
        ("the of and to in is that it for was on are as with his they at be this from have or by had not but what all were when we there can an your which their "
        + "if do will each how them then she many some so these would other into has more her two like him see time could no than been its who now").Split(' ');

    private static readonly string[] Onsets = "b c d f g h j k l m n p r s t v w z br cl dr fl gr pl pr sh sl st th tr".Split(' ');
    private static readonly string[] Ends = "a e i o u an el in or un ar et il on us ai ea io oo al en ir ot um".Split(' ');

    private readonly string[] _words = new string[Size];
    private readonly double[] _cumulative = new double[Size];

    public ZipfVocabulary()
    {
        var seen = new HashSet<string>(FunctionWords);
        FunctionWords.CopyTo(_words, 0);
        var random = new FastRandom(7);
        var word = new StringBuilder();
        for (var rank = FunctionWords.Length; rank < Size; rank++)
        {
            do
            {
                word.Clear();
                // Rarer words are longer, as everywhere.
                var syllables = 2 + (rank > 500 ? 1 : 0) + random.Next(2);
                for (var i = 0; i < syllables; i++) word.Append(Onsets[random.Next(Onsets.Length)]).Append(Ends[random.Next(Ends.Length)]);
            }
            while (!seen.Add(word.ToString()));
            _words[rank] = word.ToString();
        }

        var sum = 0.0;
        for (var rank = 0; rank < Size; rank++) _cumulative[rank] = sum += Math.Pow(rank + 1 + Offset, -Exponent);
    }

    public string this[int rank] => _words[rank];

    public static bool IsFunctionWord(int rank) => rank < FunctionWords.Length;

    /// <summary>The rank of a word, drawn as often as it is used.</summary>
    public int Draw(ref FastRandom random)
    {
        var found = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return Math.Min(found < 0 ? ~found : found, Size - 1);
    }

    /// <summary>The rank of a content word that is neither common nor unique: what a subject is spoken of with.</summary>
    public static int DrawOfTopic(ref FastRandom random, int topic)
    {
        const int WordsPerTopic = 150;
        var of = new FastRandom((ulong)topic * 1_000 + (ulong)random.Next(WordsPerTopic));
        return 300 + of.Next(30_000);
    }
}
