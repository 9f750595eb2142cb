using System.Text;

namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>
/// From OpenTelemetry's names to those of Prometheus, by OpenTelemetry's compatibility specification:
/// <c>http.server.request.duration</c> in <c>s</c> becomes <c>http_server_request_duration_seconds</c>.
/// </summary>
internal static class MetricNames
{
    /// <summary>Units are UCUM codes; the words are Prometheus's.</summary>
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days", ["h"] = "hours", ["min"] = "minutes", ["s"] = "seconds", ["ms"] = "milliseconds",
        ["us"] = "microseconds", ["ns"] = "nanoseconds",
        ["By"] = "bytes", ["KiBy"] = "kibibytes", ["MiBy"] = "mebibytes", ["GiBy"] = "gibibytes",
        ["kBy"] = "kilobytes", ["MBy"] = "megabytes", ["GBy"] = "gigabytes",
        ["Hz"] = "hertz", ["Cel"] = "celsius", ["%"] = "percent",
    };

    public static string Metric(string name, string? unit, MetricKind kind)
    {
        var result = Clean(name, allowColon: true);
        if (kind == MetricKind.Counter && result.EndsWith("_total", StringComparison.Ordinal))
            result = result[..^"_total".Length];
        if (UnitSuffix(unit, kind) is { } suffix && !result.EndsWith("_" + suffix, StringComparison.Ordinal))
            result += "_" + suffix;
        return kind == MetricKind.Counter ? result + "_total" : result;
    }

    public static string Label(string name) => Clean(name, allowColon: false) switch
    {
        // Prometheus needs this one for the bounds of a histogram.
        "le" => "exported_le",
        var label => label,
    };

    private static string? UnitSuffix(string? unit, MetricKind kind)
    {
        // Braces hold a remark, such as {request}, and no unit.
        if (string.IsNullOrEmpty(unit) || unit.StartsWith('{'))
            return null;
        if (unit == "1")
            return kind == MetricKind.Gauge ? "ratio" : null;
        if (unit.Split('/') is [var amount, var per])
        {
            var rate = "per_" + (Units.TryGetValue(per, out var word) ? word.TrimEnd('s') : Clean(per, allowColon: false));
            return amount.StartsWith('{') ? rate : $"{UnitWord(amount)}_{rate}";
        }

        return UnitWord(unit);
    }

    private static string UnitWord(string unit) => Units.GetValueOrDefault(unit) ?? Clean(unit, allowColon: false).Trim('_');

    private static string Clean(string name, bool allowColon)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || (allowColon && c == ':'))
            {
                if (text.Length == 0 && char.IsAsciiDigit(c))
                    text.Append('_');
                text.Append(c);
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.Length == 0 ? "_" : text.ToString();
    }
}
