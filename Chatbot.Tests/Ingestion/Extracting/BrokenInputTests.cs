using Chatbot.Ingestion.Extracting;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting;

public sealed class BrokenInputTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(180)]
    [InlineData(240)]
    public async Task Whatever_is_broken_ends_with_text_or_with_a_reason(int first)
    {
        using var host = new ReadingHost(("Extracting:Limit", "00:00:20"), ("Extracting:Ocr:Enabled", "false"));
        var ends = new List<(int Number, string Name, string End)>();

        await Parallel.ForEachAsync(Enumerable.Range(first, 60), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, async (number, _) =>
        {
            var (name, bytes) = BrokenInput.Make(number);
            var end = await EndAsync(host, name, bytes);
            lock (ends) ends.Add((number, name, end));
        });

        Assert.Equal(60, ends.Count);
        Assert.All(ends, end => Assert.NotEmpty(end.End));
        Assert.All(ends, end => Assert.DoesNotContain("Exception", end.End, StringComparison.Ordinal));
    }

    private static async Task<string> EndAsync(ReadingHost host, string name, byte[] bytes)
    {
        try
        {
            var read = await host.ReadAsync(bytes, name);
            return $"{read.Blocks.Count} blocks";
        }
        catch (ExtractionFailedException reason)
        {
            return reason.Message;
        }
    }
}
