using System.Buffers;
using System.Globalization;
using System.Text;

namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>Writes Prometheus's text exposition format 0.0.4 as UTF-8. Not safe for concurrent use.</summary>
internal sealed class ExpositionWriter(IBufferWriter<byte> output)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public void Header(string name, string? help, MetricKind kind)
    {
        if (!string.IsNullOrEmpty(help))
            Text($"# HELP {name} {help.Replace("\\", "\\\\").Replace("\r", "").Replace("\n", "\\n")}\n");
        Text($"# TYPE {name} {Type(kind)}\n");
    }

    public void Sample(string name, string labels, double value, string suffix = "")
    {
        Text(name);
        Text(suffix);
        if (labels.Length > 0)
        {
            Text("{");
            Text(labels);
            Text("}");
        }

        Value(value);
    }

    public void Bucket(string name, string labels, double bound, long count)
    {
        Text(name);
        Text("_bucket{");
        Text(labels);
        Text(labels.Length > 0 ? ",le=\"" : "le=\"");
        Number(bound);
        Text("\"}");
        Value(count);
    }

    private static string Type(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private void Value(double value)
    {
        Text(" ");
        Number(value);
        Text("\n");
    }

    private void Number(double value)
    {
        if (double.IsInfinity(value))
        {
            Text(value > 0 ? "+Inf" : "-Inf");
            return;
        }

        // The shortest text that reads back as the same number: at most 24 characters.
        value.TryFormat(output.GetSpan(32), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);
}
