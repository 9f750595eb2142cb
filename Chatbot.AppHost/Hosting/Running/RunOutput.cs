namespace Aspire.Hosting.Running;

/// <summary>What the operator sees: each line with the name of who said it. Safe for concurrent use.</summary>
internal sealed class RunOutput(TextWriter writer)
{
    private readonly Lock _lock = new();

    public void Line(string name, string text)
    {
        lock (_lock)
            writer.WriteLine($"[{name}] {text}");
    }

    public void Line(string text)
    {
        lock (_lock)
            writer.WriteLine(text);
    }
}
