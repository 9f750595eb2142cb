using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults;

internal sealed record PrometheusSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>
/// A strict reader of the text exposition format 0.0.4: fails on anything a scraper would refuse (bad names and
/// escapes, samples outside their family, families or series twice, buckets that fall or miss the infinite one).
/// </summary>
internal sealed partial class PrometheusText
{
    private readonly HashSet<string> _seen = [];

    public List<PrometheusSample> Samples { get; } = [];

    public Dictionary<string, string> Types { get; } = [];

    public static PrometheusText Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var result = new PrometheusText();
        var family = "";
        foreach (var line in text.Split('\n')[..^1])
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                Assert.Matches(@"^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* ([^\\]|\\\\|\\n)*$", line);
            else if (line.StartsWith('#'))
                family = result.AddType(line);
            else
                result.AddSample(line, family);
        }

        result.CheckHistograms();
        return result;
    }

    public double Value(string name, params (string Name, string Value)[] labels) =>
        Assert.Single(Samples, sample => sample.Name == name
            && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value)).Value;

    private string AddType(string line)
    {
        var match = TypeLine().Match(line);
        Assert.True(match.Success, line);
        Assert.True(Types.TryAdd(match.Groups[1].Value, match.Groups[2].Value), $"Family twice: {line}");
        return match.Groups[1].Value;
    }

    private void AddSample(string line, string family)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, line);
        var name = match.Groups["name"].Value;
        Assert.Contains(name, Types[family] == "histogram" ? [$"{family}_bucket", $"{family}_sum", $"{family}_count"] : new[] { family });
        var labels = new Dictionary<string, string>();
        for (var i = 0; i < match.Groups["label"].Captures.Count; i++)
            labels.Add(match.Groups["label"].Captures[i].Value, Unescape(match.Groups["value"].Captures[i].Value));
        Assert.True(_seen.Add(name + string.Join(',', labels.OrderBy(label => label.Key))), $"Series twice: {line}");
        Samples.Add(new PrometheusSample(name, labels, Number(match.Groups["number"].Value)));
    }

    private void CheckHistograms()
    {
        foreach (var (family, _) in Types.Where(type => type.Value == "histogram"))
        {
            var series = Samples.Where(sample => sample.Name == family + "_bucket")
                .GroupBy(sample => string.Join(',', sample.Labels.Where(label => label.Key != "le").OrderBy(label => label.Key)));
            foreach (var buckets in series)
            {
                var counts = buckets.OrderBy(bucket => Number(bucket.Labels["le"])).ToList();
                Assert.Equal("+Inf", counts[^1].Labels["le"]);
                Assert.Equal(counts.Select(bucket => bucket.Value).Order(), counts.Select(bucket => bucket.Value));
            }
        }
    }

    private static string Unescape(string value) =>
        Escape().Replace(value, match => match.Value switch { "\\n" => "\n", var other => other[1..] });

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\\\|\\"|\\n)*)",?)+\})? (?<number>[-+]?(Inf|NaN|[0-9][0-9.eE+-]*))$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
