using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Chatbot.Backends.Frames;
using Chatbot.Core.Extractions;
using Chatbot.Html;
using Chatbot.Ingestion.Framing;
using Xunit;

namespace Chatbot.Tests.Html;

/// <summary>A whole documentation as it is installed, page by page against what a browser would show of its body.</summary>
public sealed class DocumentationTests
{
    private const string Folder = "/usr/share/doc/postgresql-doc-15/html";
    private const int Sampled = 200;

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "blockquote", "body", "br", "caption", "center", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
        "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    };

    [Fact]
    public async Task No_visible_text_of_200_pages_is_lost()
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"{Folder} is not there: install the Debian package postgresql-doc-15.");
        var files = Files();
        var lost = new List<string>();
        for (var i = 0; i < Sampled; i++)
        {
            var file = files[i * files.Length / Sampled];
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var extraction = HtmlPage.Parse(bytes, "utf-8", Pages.Url, TestContext.Current.CancellationToken).Extract();
            var text = Key($"{extraction.Title}\n{extraction.ToPlainText()}");
            lost.AddRange(Visible(bytes).Where(run => !text.Contains(Key(run), StringComparison.Ordinal)).Select(run => $"{Path.GetFileName(file)}: {run}"));
        }

        Assert.Empty(lost);
    }

    [Fact]
    public async Task Nothing_that_the_pages_of_a_documentation_share_is_taken_for_its_frame()
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"{Folder} is not there: install the Debian package postgresql-doc-15.");
        var pages = new List<IReadOnlyList<Block>>();
        // The reference pages have the same headings one and all.
        foreach (var file in Files().Where(file => Path.GetFileName(file).StartsWith("sql-", StringComparison.Ordinal)))
            pages.Add(HtmlPage.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), "utf-8", Pages.Url, TestContext.Current.CancellationToken).Extract().Blocks);

        var frame = SiteFrame.Learn(pages.Select((blocks, i) => new PageFrame($"{i}", "site", "en", BlockHash.OfPage(blocks), 0)));

        Assert.True(pages.Count > 100, $"{pages.Count} pages");
        Assert.False(frame.IsEmptyFor("en"));
        Assert.All(pages, blocks => Assert.Equal(blocks.Count, FrameFilter.Apply(blocks, frame, "en").Count));
    }

    private static string[] Files() => [.. Directory.EnumerateFiles(Folder, "*.html").Order(StringComparer.Ordinal)];

    /// <summary>The runs of text between the edges of blocks, without the pages' navigation.</summary>
    private static List<string> Visible(byte[] bytes)
    {
        using var document = new HtmlParser().ParseDocument(new MemoryStream(bytes));
        var runs = new List<string>();
        var run = new StringBuilder();
        Walk(document.Body!);
        Flush();
        return runs;

        void Walk(INode node)
        {
            if (node is IText text)
            {
                run.Append(text.Data);
                return;
            }

            if (node is not IElement element || element.LocalName is "script" or "style" || element.ClassList.Contains("navheader") || element.ClassList.Contains("navfooter")) return;
            var apart = Blocks.Contains(element.LocalName);
            if (apart) Flush();
            foreach (var child in element.ChildNodes) Walk(child);
            if (apart) Flush();
        }

        void Flush()
        {
            var words = string.Join(' ', run.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (words.Any(char.IsLetterOrDigit)) runs.Add(words);
            run.Clear();
        }
    }

    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
