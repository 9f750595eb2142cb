using Chatbot.Core.Extractions;
using Xunit;

namespace Chatbot.Tests.Core.Extractions;

public sealed class LinkTargetTests
{
    private static readonly Uri Page = new("https://town.example/services/office.html?lang=en");

    [Theory]
    [InlineData("form.pdf", "https://town.example/services/form.pdf")]
    [InlineData("/a b?c=d#e", "https://town.example/a%20b?c=d#e")]
    [InlineData("//forms.example/x", "https://forms.example/x")]
    [InlineData(" HTTP://Other.Example/Path ", "http://other.example/Path")]
    [InlineData("mailto:office@town.example?bcc=spy@evil.example&body=hello", "mailto:office@town.example")]
    [InlineData("tel:+49 (0)6341 / 12-34", "tel:+49063411234")]
    public void Pages_mail_addresses_and_telephones_are_led_to(string reference, string expected)
    {
        var url = LinkTarget.Resolve(Page, reference);

        Assert.Equal(expected, url);
        Assert.True(LinkTarget.IsSafe(url!));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("\u0001 JavaScript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("blob:https://town.example/1")]
    [InlineData("https://bank.example@evil.example/")]
    [InlineData("https://user:secret@town.example/")]
    [InlineData("#below")]
    [InlineData("office.html?lang=en#below")]
    [InlineData("mailto:not an address")]
    [InlineData("tel:premium")]
    [InlineData("https://")]
    [InlineData("")]
    public void Everything_else_is_no_link(string reference) => Assert.Null(LinkTarget.Resolve(Page, reference));

    [Fact]
    public void What_would_end_an_attribute_or_a_markdown_link_is_encoded() =>
        Assert.Equal("https://town.example/%22%3E%3Cscript%3E%27%3E", LinkTarget.Resolve(Page, "/\"><script>'>"));

    [Fact]
    public void A_relative_address_of_a_file_leads_nowhere() => Assert.Null(LinkTarget.Resolve(new Uri("file:///srv/page.html"), "other.html"));
}
