using System.Text.RegularExpressions;
using Xunit;

namespace Chatbot.Tests.Docs;

public sealed partial class LinksTests
{
    public static TheoryData<string> Documents => [.. Repository.Documents()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_or_heading_leads_there(string document)
    {
        var broken = Links().Matches(Repository.ReadProse(document))
            .Select(link => link.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Leads(document, target))
            .ToList();

        Assert.True(broken.Count == 0, $"{document} links to what is not there: {string.Join(", ", broken)}");
    }

    private static bool Leads(string document, string target)
    {
        var (path, fragment) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, path);
        var full = Path.Combine(Repository.Root, file);
        if (!File.Exists(full) && !Directory.Exists(full)) return false;
        return fragment is null || Headings().Matches(Repository.ReadProse(file)).Select(heading => Slug(heading.Groups[1].Value)).Contains(fragment);
    }

    // As GitHub makes them: lower case, blanks to hyphens, other signs left out.
    private static string Slug(string heading) => string.Concat(heading.Trim().ToLowerInvariant()
        .Select(c => c == ' ' ? '-' : c)
        .Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
