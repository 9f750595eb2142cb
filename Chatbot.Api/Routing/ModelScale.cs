using System.Numerics.Tensors;
using Chatbot.Core.Routing;

namespace Chatbot.Api.Routing;

/// <summary>
/// Brings the cosines of another embedding model between short texts to the scale of the shipped one, which all bounds were
/// measured with: one model calls 0.4 near, another 0.9. Two points of both scales are known, from the shipped examples: how
/// near small talk is to questions, and how near to its like. Pure.
/// </summary>
internal sealed record ModelScale(double Offset, double Factor)
{
    /// <summary>Of the shipped model itself.</summary>
    public static readonly ModelScale Same = new(0, 1);

    // Points that are so near to each other tell nothing apart.
    private const double SmallestDistance = 0.02;

    // Each example judged by all others: the shipped model takes one of the 84 questions for something else and knows 69 of the
    // 150 others. A model that does much worse has its small talk elsewhere, and is trusted with nothing.
    private const double MostMistaken = 0.03, FewestKnown = 0.3;

    public double Of(double cosine) => Offset + (Factor * cosine);

    /// <param name="texts">The shipped examples.</param>
    /// <param name="shipped">Their vectors by the shipped model, in their order.</param>
    /// <param name="other">And by the other one.</param>
    /// <returns>Null when the other model does not tell the examples apart.</returns>
    public static ModelScale? Measure(IReadOnlyList<RoutedText> texts, IReadOnlyList<ReadOnlyMemory<float>> shipped, IReadOnlyList<ReadOnlyMemory<float>> other)
    {
        var cosines = Cosines(other);
        var (far, near) = Points(texts, Cosines(shipped));
        var (itsFar, itsNear) = Points(texts, cosines);
        if (itsNear - itsFar < SmallestDistance) return null;
        var factor = (near - far) / (itsNear - itsFar);
        var scale = new ModelScale(far - (factor * itsFar), factor);
        return scale.TellsApart(texts, cosines) ? scale : null;
    }

    private bool TellsApart(IReadOnlyList<RoutedText> texts, double[][] cosines)
    {
        var (mistaken, known, questions) = (0, 0, 0);
        for (var i = 0; i < texts.Count; i++)
        {
            var others = texts.Where((_, place) => place != i).ToList();
            var isSure = NearestExample.Judge(others, [.. cosines[i].Where((_, place) => place != i).Select(Of)], isCalibrated: true) is { IsSure: true };
            var isQuestion = texts[i].Intent == Intent.Question;
            if (isQuestion) questions++;
            if (isSure && isQuestion) mistaken++;
            else if (isSure) known++;
        }

        return mistaken <= questions * MostMistaken && known >= (texts.Count - questions) * FewestKnown;
    }

    // Medians: between small talk and questions, and from small talk to the nearest of the same intent.
    private static (double Far, double Near) Points(IReadOnlyList<RoutedText> texts, double[][] cosines)
    {
        var (far, near) = (new List<double>(), new List<double>());
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Intent == Intent.Question) continue;
            var nearest = double.MinValue;
            for (var k = 0; k < texts.Count; k++)
            {
                if (texts[k].Intent == Intent.Question) far.Add(cosines[i][k]);
                else if (k != i && texts[k].Intent == texts[i].Intent) nearest = Math.Max(nearest, cosines[i][k]);
            }

            if (nearest > double.MinValue) near.Add(nearest);
        }

        return (Median(far), Median(near));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }

    private static double[][] Cosines(IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        var all = vectors.Select(_ => new double[vectors.Count]).ToArray();
        for (var i = 0; i < all.Length; i++)
            for (var k = 0; k <= i; k++) all[i][k] = all[k][i] = TensorPrimitives.CosineSimilarity(vectors[i].Span, vectors[k].Span);
        return all;
    }
}
