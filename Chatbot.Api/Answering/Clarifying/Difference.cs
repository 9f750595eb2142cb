using System.Text.RegularExpressions;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Answering.Clarifying;

/// <summary>The one thing by which the places of two chunks differ: in their titles and headings, else their hosts, else their paths. Pure.</summary>
internal sealed partial record Difference(Dimension Dimension, string Here, string There)
{
    /// <returns>Null when they differ in nothing, in more than one thing, or in something that has no name here.</returns>
    public static Difference? Between(Chunk here, Chunk there)
    {
        var (ours, theirs) = (Titles(here), Titles(there));
        if (ours.Count == 0 || ours.Count != theirs.Count) return null;
        if (!ours.SequenceEqual(theirs, StringComparer.OrdinalIgnoreCase)) return OfOne(ours, theirs, mayBeNames: true);
        if (!Uri.TryCreate(here.Url, UriKind.Absolute, out var our) || !Uri.TryCreate(there.Url, UriKind.Absolute, out var their)) return null;
        if (our.Host != their.Host) return new(Dimension.Site, HostOf(our), HostOf(their));
        return OfOne([.. our.Segments.Select(segment => segment.Trim('/'))], [.. their.Segments.Select(segment => segment.Trim('/'))], mayBeNames: false);
    }

    private static Difference? OfOne(List<string> ours, List<string> theirs, bool mayBeNames)
    {
        if (ours.Count != theirs.Count) return null;
        var places = Enumerable.Range(0, ours.Count).Where(i => !string.Equals(ours[i], theirs[i], StringComparison.OrdinalIgnoreCase)).ToList();
        if (places is not [var place]) return null;
        var (here, there) = (ours[place], theirs[place]);
        if (Year.IsMatch(here) && Year.IsMatch(there)) return new(Dimension.Year, here, there);
        if (Version.IsMatch(here) && Version.IsMatch(there)) return new(Dimension.Version, here, there);
        // A title that is one word is of another matter, not of the same one elsewhere.
        return mayBeNames && ours.Count > 1 && IsName(here) && IsName(there) ? new(Dimension.Name, here, there) : null;
    }

    private static bool IsName(string word) => word.Length > 2 && char.IsUpper(word[0]) && !word.Skip(1).All(char.IsUpper);

    private static List<string> Titles(Chunk chunk) =>
        [.. TokenPattern.Matches(string.Join(' ', [chunk.Title ?? "", .. chunk.HeadingPath])).Select(match => match.Value)];

    private static string HostOf(Uri address) => address.IdnHost.StartsWith("www.", StringComparison.Ordinal) ? address.IdnHost[4..] : address.IdnHost;

    [GeneratedRegex(@"^(?:19|20)\d\d(?:[/–-](?:19|20)?\d\d)?\z")]
    private static partial Regex Year { get; }

    [GeneratedRegex(@"^v?\d{1,4}(?:\.\d{1,4}){0,3}\z", RegexOptions.IgnoreCase)]
    private static partial Regex Version { get; }

    // Digits and letters part from each other where scripts have no blanks: 费用2024.
    [GeneratedRegex(@"v?\d+(?:[./–-]\d+)*|[\p{L}\p{M}'’-]+", RegexOptions.IgnoreCase)]
    private static partial Regex TokenPattern { get; }
}
