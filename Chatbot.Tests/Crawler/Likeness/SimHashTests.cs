using Chatbot.Crawler.Likeness;
using Xunit;

namespace Chatbot.Tests.Crawler.Likeness;

public sealed class SimHashTests
{
    [Fact]
    public void The_fewer_words_differ_the_nearer_the_fingerprints_are()
    {
        var random = new Random(5);
        var text = Enumerable.Range(0, 1_000).Select(_ => $"w{random.Next(400)}").ToList();

        int DistanceAfter(int changes)
        {
            var other = text.ToList();
            for (var i = 0; i < changes; i++)
                other[i * text.Count / changes] = $"other{i}";
            return SimHash.Distance(SimHash.Of(text), SimHash.Of(other));
        }

        Assert.Equal(0, DistanceAfter(0));
        Assert.InRange(DistanceAfter(2), 0, SimHash.Near);
        Assert.InRange(DistanceAfter(100), SimHash.Near + 1, 31);
        Assert.InRange(DistanceAfter(1_000), 16, 48);
    }

    [Fact]
    public void A_fingerprint_stays_the_same_from_version_to_version() =>
        // It is kept in the database: another one would make all pages look changed.
        Assert.Equal(1241392625454448948, SimHash.Of(["nothing", "lasts", "as", "long", "as", "a", "makeshift"]));
}
