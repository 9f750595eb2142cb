using System.Reflection;
using Chatbot.Crawler;
using Chatbot.Web.Languages;
using Xunit;

namespace Chatbot.Tests.Docs;

public sealed class CrawlReasonTests
{
    private static readonly string[] s_reasons = [.. typeof(PageReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Every_reason_of_a_report_is_explained()
    {
        var document = Repository.Read("docs/crawling.md");

        // What is no web address is met by explanations alone: a crawl follows no such link.
        Assert.All(s_reasons.Except([PageReasons.NotHttp]), reason => Assert.Contains($"`{reason}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_of_a_report_is_named_in_words() =>
        Assert.All(s_reasons, reason => Assert.Contains($"reason.{reason}", Texts.Find("en")!.Lines));
}
