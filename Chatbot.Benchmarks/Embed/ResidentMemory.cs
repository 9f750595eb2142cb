using Chatbot.Backends.Embedded.Encoder;

namespace Chatbot.Benchmarks.Embed;

/// <summary>How much resident memory the encoder adds to a process: model, code and working memory, after use.</summary>
internal static class ResidentMemory
{
    private const double GoalMegabytes = 60;
    private const int QuestionChars = 60;

    public static async Task MeasureAsync(TextWriter output, CancellationToken cancellationToken)
    {
        // The texts are there before, so that they do not count.
        var texts = SampleTexts.Make(40_000, seed: 2);
        var before = Megabytes();
        using var generator = new LocalEmbeddingGenerator();
        await generator.GenerateAsync(["first"], EmbeddingKind.ForQueries(), cancellationToken);
        var loaded = Megabytes();
        await generator.GenerateAsync(texts, null, cancellationToken);
        foreach (var text in texts)
            await generator.GenerateAsync([text[..Math.Min(QuestionChars, text.Length)]], EmbeddingKind.ForQueries(), cancellationToken);
        var used = Megabytes();
        await output.WriteLineAsync($"Resident memory: +{loaded - before:N1} MB loaded, +{used - before:N1} MB after 40,000 tokens"
            + $" ({(used - before < GoalMegabytes ? "within" : "over")} {GoalMegabytes} MB)");
    }

    private static double Megabytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet / 1048576.0;
    }
}
