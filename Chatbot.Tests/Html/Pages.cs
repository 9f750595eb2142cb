using System.Text;
using Chatbot.Core.Extractions;
using Chatbot.Html;
using Xunit;

namespace Chatbot.Tests.Html;

/// <summary>Pages written in tests.</summary>
internal static class Pages
{
    public static readonly Uri Url = new("https://town.example/services/office.html");

    public const string Prose =
        "The office in the town hall is the first place to go for identity cards, certificates and lost property, whatever the matter may be.";

    public static HtmlPage Parse(string html) =>
        HtmlPage.Parse(Encoding.UTF8.GetBytes(html), "utf-8", Url, TestContext.Current.CancellationToken);

    public static Extraction Extract(string html) => Parse(html).Extract();

    public static IReadOnlyList<Block> Blocks(string body) => Extract($"<html lang=en><body>{body}</body></html>").Blocks;

    public static string[] Texts(string body) => [.. Blocks(body).Select(b => b.Text)];

    public static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
