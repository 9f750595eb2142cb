namespace Chatbot.Benchmarks.Embed;

internal static class Statistics
{
    public static double Median(this IReadOnlyCollection<double> values) => values.Quantile(0.5);

    /// <param name="share">0 to 1; the value that this share of all values does not exceed.</param>
    public static double Quantile(this IReadOnlyCollection<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
