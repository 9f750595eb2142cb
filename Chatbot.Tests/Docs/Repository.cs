using System.Runtime.CompilerServices;
using System.Text;

namespace Chatbot.Tests.Docs;

/// <summary>The documents of the source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath("../..", Path.GetDirectoryName(Here())!);

    /// <summary>README.md and everything below <c>docs</c>, as paths from the root.</summary>
    public static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Append("README.md")
            .Append("THIRD-PARTY-NOTICES.md");

    public static string Read(string document) => File.ReadAllText(Path.Combine(Root, document));

    /// <summary>A document without what stands in fences: there, nothing is a heading or a link.</summary>
    public static string ReadProse(string document)
    {
        var prose = new StringBuilder();
        var fenced = false;
        foreach (var line in File.ReadLines(Path.Combine(Root, document)))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            else if (!fenced) prose.Append(line).Append('\n');
        }

        return prose.ToString();
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
