using System.Globalization;
using System.Text;

namespace Chatbot.Crawler.Robots;

/// <summary>
/// A robots.txt as RFC 9309 defines it, read as leniently as Google's parser reads it: misspelt names, a missing colon,
/// damaged byte order marks. Immutable; nothing in a file makes reading it fail.
/// </summary>
public sealed class RobotsFile
{
    /// <summary>What is behind this many octets is not read (RFC 9309, 2.5, asks for at least so many).</summary>
    public const int MaxBytes = 500 * 1024;

    // Google's parser cuts lines there: eight times the longest URL that Internet Explorer took, less the final zero.
    private const int MaxLineBytes = 16_663;

    private readonly List<Group> _groups = [];
    private readonly List<string> _sitemaps = [];

    private RobotsFile()
    {
    }

    /// <summary>The sitemaps it names, in order, as they are written; they belong to no group.</summary>
    public IReadOnlyList<string> Sitemaps => _sitemaps;

    /// <summary>Reads a file as it came from the network.</summary>
    public static RobotsFile Parse(ReadOnlySpan<byte> content)
    {
        var file = new RobotsFile();
        var reader = new Reader(file);
        if (content.Length > MaxBytes)
        {
            // A line cut in the middle could forbid far more than it says.
            content = content[..MaxBytes];
            content = content[..(content.LastIndexOfAny((byte)'\n', (byte)'\r') + 1)];
        }

        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        content = content[content.CommonPrefixLength(mark)..];
        while (!content.IsEmpty)
        {
            var end = content.IndexOfAny((byte)'\n', (byte)'\r');
            reader.Read(end < 0 ? content : content[..end]);
            content = end < 0 ? default : content[(end + 1)..];
        }

        return file;
    }

    /// <summary>What it says to the crawler of this name: the rules of all its groups, or of those for everyone.</summary>
    /// <param name="agent">Product token, such as <c>ChatbotCrawler</c>; letter case plays no part.</param>
    public RobotsRules For(string agent)
    {
        var own = _groups.Where(g => g.Agents.Contains(agent)).ToList();
        var groups = own.Count > 0 ? own : _groups.Where(g => g.IsForEveryone).ToList();
        return new RobotsRules([.. groups.SelectMany(g => g.Rules)], groups.Select(g => g.CrawlDelay).Max());
    }

    /// <summary>Asks about one URL; for many, keep <see cref="For"/>.</summary>
    public RobotsVerdict Check(string agent, string url) => For(agent).Check(url);

    private sealed class Group
    {
        public HashSet<string> Agents { get; } = new(StringComparer.OrdinalIgnoreCase);

        public bool IsForEveryone { get; set; }

        public List<RobotsRule> Rules { get; } = [];

        public TimeSpan? CrawlDelay { get; set; }

        /// <summary>A rule was seen: the next agent line starts another group.</summary>
        public bool IsClosed { get; set; }
    }

    private sealed class Reader(RobotsFile file)
    {
        private Group? _group;

        public void Read(ReadOnlySpan<byte> line)
        {
            if (line.Length > MaxLineBytes)
                line = line[..MaxLineBytes];
            if (line.IndexOf((byte)'#') is >= 0 and var comment)
                line = line[..comment];

            line = Trim(line);
            if (!Split(line, out var name, out var value))
                return;

            switch (RobotsLine.KindOf(name))
            {
                case RobotsLineKind.Agent:
                    ReadAgent(value);
                    break;
                case RobotsLineKind.Allow:
                    ReadRule(true, value, line);
                    break;
                case RobotsLineKind.Disallow:
                    ReadRule(false, value, line);
                    break;
                case RobotsLineKind.CrawlDelay:
                    ReadDelay(value);
                    break;
                case RobotsLineKind.Sitemap when !value.IsEmpty:
                    file._sitemaps.Add(Encoding.UTF8.GetString(value));
                    break;
            }
        }

        private void ReadAgent(ReadOnlySpan<byte> value)
        {
            if (_group is null or { IsClosed: true })
                file._groups.Add(_group = new Group());

            if (value.Length >= 1 && value[0] == '*' && (value.Length == 1 || value[1] is (byte)' ' or (byte)'\t'))
                _group.IsForEveryone = true;
            else if (RobotsLine.Token(value) is { Length: > 0 } token)
                _group.Agents.Add(token);
        }

        private void ReadRule(bool allow, ReadOnlySpan<byte> value, ReadOnlySpan<byte> line)
        {
            // Rules before the first agent line speak to nobody.
            if (_group is null)
                return;

            _group.IsClosed = true;
            if (value.IsEmpty)
                return;

            var text = Encoding.UTF8.GetString(line);
            var pattern = RobotsPath.Normalize(value, isPattern: true);
            _group.Rules.Add(new RobotsRule(allow, pattern, text));

            // Whoever allows a folder's index page means the folder's own address too.
            var slash = pattern.LastIndexOf('/');
            if (allow && slash >= 0 && pattern.AsSpan(slash).StartsWith("/index.htm", StringComparison.Ordinal))
                _group.Rules.Add(new RobotsRule(true, pattern[..(slash + 1)] + "$", text));
        }

        private void ReadDelay(ReadOnlySpan<byte> value)
        {
            if (_group is not null
                && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is >= 0 and < 1e6)
            {
                _group.CrawlDelay = TimeSpan.FromSeconds(seconds);
            }
        }

        private static bool Split(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            var colon = line.IndexOf((byte)':');
            if (colon >= 0)
            {
                name = Trim(line[..colon]);
                value = Trim(line[(colon + 1)..]);
                return !name.IsEmpty;
            }

            // Without a colon two words are taken for a name and its value.
            var blank = line.IndexOfAny((byte)' ', (byte)'\t');
            name = blank < 0 ? default : line[..blank];
            value = blank < 0 ? default : Trim(line[blank..]);
            return !name.IsEmpty && value.IndexOfAny((byte)' ', (byte)'\t') < 0;
        }

        private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\v\f"u8);
    }
}
