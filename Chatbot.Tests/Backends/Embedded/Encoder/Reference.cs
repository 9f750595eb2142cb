using System.Text.Json;
using Chatbot.Backends.Embedded.Encoder;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

/// <summary>Texts with the ids and vectors that the model's authors' own programs give (fp32), and the loaded
/// parts that many tests share.</summary>
internal static class Reference
{
    private static readonly Lazy<SafetensorsFile> LazyFile = new(() => SafetensorsFile.Open(ModelFile.DefaultPath));
    private static readonly Lazy<UnigramTokenizer> LazyTokenizer = new(() => UnigramTokenizer.Load(File));

    public static IReadOnlyList<Line> Lines { get; } = [.. System.IO.File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Backends", "Embedded", "Encoder", "reference.jsonl"))
        .Select(line => JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)!)];

    public static SafetensorsFile File => LazyFile.Value;

    public static UnigramTokenizer Tokenizer => LazyTokenizer.Value;

    public static double Cosine(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double product = 0, squares = 0, otherSquares = 0;
        for (var i = 0; i < one.Length; i++)
        {
            product += (double)one[i] * other[i];
            squares += (double)one[i] * one[i];
            otherSquares += (double)other[i] * other[i];
        }

        return product / Math.Sqrt(squares * otherSquares);
    }

    public sealed record Line(string Kind, string Text, int[] Ids, float[] Vector);
}
