using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>
/// Compares the tags of measurements, in any order, straight from the span in which they arrive:
/// finding the series of a measurement allocates nothing.
/// </summary>
internal sealed class LabelSetComparer
    : IEqualityComparer<KeyValuePair<string, object?>[]>,
      IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    public static readonly LabelSetComparer Instance = new();

    public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) => Equals(x.AsSpan(), y!);

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other)
    {
        if (alternate.Length != other.Length)
            return false;
        for (var i = 0; i < alternate.Length; i++)
        {
            // The same code measures in the same order, so the search is nearly always over at once.
            if (!Same(alternate[i], other[i]) && !Contains(other, alternate[i]))
                return false;
        }

        return true;
    }

    public int GetHashCode([DisallowNull] KeyValuePair<string, object?>[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = alternate.Length;
        foreach (var (key, value) in alternate)
            hash += HashCode.Combine(key, value);
        return hash;
    }

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => alternate.ToArray();

    private static bool Contains(KeyValuePair<string, object?>[] tags, KeyValuePair<string, object?> tag)
    {
        foreach (var candidate in tags)
        {
            if (Same(candidate, tag))
                return true;
        }

        return false;
    }

    private static bool Same(KeyValuePair<string, object?> x, KeyValuePair<string, object?> y) =>
        x.Key == y.Key && Equals(x.Value, y.Value);
}

/// <summary>Tags as Prometheus writes them: <c>method="GET",status="200"</c>, sorted by name, no braces.</summary>
internal static class LabelText
{
    public static string From(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (value is null)
                continue;
            var name = MetricNames.Label(key);
            // Two tags that differ only in characters Prometheus lacks: both values are kept, as OpenTelemetry has it.
            labels[name] = labels.TryGetValue(name, out var first) ? $"{first};{Format(value)}" : Format(value);
        }

        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"");
            text.Append(value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
        }

        return text.ToString();
    }

    private static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
