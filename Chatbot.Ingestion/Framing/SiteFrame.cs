using System.Globalization;
using System.Text;
using Chatbot.Backends.Frames;

namespace Chatbot.Ingestion.Framing;

/// <summary>
/// What stands on most pages of a site, by language. It follows from the set of the site's pages, in whatever order they
/// came. Immutable.
/// </summary>
internal sealed class SiteFrame
{
    public static readonly SiteFrame None = new([]);

    // Fewer pages than this repeat by chance.
    public const int LeastPages = 8;

    // Shares of the pages of a language.
    private const double Most = 0.6, NearlyAll = 0.9;

    private readonly SortedDictionary<string, Dictionary<ulong, FrameShare>> languages;

    private SiteFrame(SortedDictionary<string, Dictionary<ulong, FrameShare>> languages) => this.languages = languages;

    public static SiteFrame Learn(IEnumerable<PageFrame> pages)
    {
        var all = new SortedDictionary<string, Dictionary<ulong, FrameShare>>(StringComparer.Ordinal);
        foreach (var group in pages.GroupBy(page => page.Language))
        {
            var (count, counts) = (0, new Dictionary<ulong, int>());
            foreach (var page in group)
            {
                count++;
                foreach (var hash in page.Hashes) counts[hash] = counts.GetValueOrDefault(hash) + 1;
            }

            if (count < LeastPages) continue;
            var repeated = counts.Where(c => c.Value >= Most * count).ToDictionary(c => c.Key, c => c.Value >= NearlyAll * count ? FrameShare.NearlyAll : FrameShare.Most);
            if (repeated.Count > 0) all[group.Key] = repeated;
        }

        return new(all);
    }

    public static SiteFrame Parse(string body)
    {
        var all = new SortedDictionary<string, Dictionary<ulong, FrameShare>>(StringComparer.Ordinal);
        foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            all[parts[0]] = parts.Skip(1).ToDictionary(
                part => ulong.Parse(part.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture), part => part[0] == 'n' ? FrameShare.NearlyAll : FrameShare.Most);
        }

        return new(all);
    }

    /// <summary>One form for one frame; empty when nothing repeats.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (language, hashes) in languages)
        {
            text.Append(language);
            foreach (var (hash, share) in hashes.OrderBy(h => h.Key)) text.Append(' ').Append(share == FrameShare.NearlyAll ? 'n' : 'm').Append(hash.ToString("x16", CultureInfo.InvariantCulture));
            text.Append('\n');
        }

        return text.ToString();
    }

    public FrameShare ShareOf(string language, ulong hash) =>
        hash != 0 && languages.TryGetValue(language, out var hashes) ? hashes.GetValueOrDefault(hash) : FrameShare.None;

    public bool IsEmptyFor(string language) => !languages.ContainsKey(language);

    /// <summary>Names what of a page is known to repeat: another frame with the same name makes nothing else of the page.</summary>
    public long NameFor(string language, IReadOnlyList<ulong> hashes)
    {
        if (!languages.TryGetValue(language, out var known)) return 0;
        var sum = 0UL;
        foreach (var hash in hashes)
            if (known.TryGetValue(hash, out var share)) sum += BlockHash.Mix(hash + (ulong)share);
        return (long)sum;
    }
}

/// <summary>On how many pages a block stands.</summary>
internal enum FrameShare
{
    None,

    /// <summary>Three in five, and more.</summary>
    Most,

    /// <summary>Nine in ten, and more.</summary>
    NearlyAll,
}
