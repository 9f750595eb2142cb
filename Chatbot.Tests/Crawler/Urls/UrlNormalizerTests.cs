using Chatbot.Crawler.Urls;
using Xunit;

namespace Chatbot.Tests.Crawler.Urls;

public sealed class UrlNormalizerTests
{
    [Theory]
    [InlineData("HTTP://Town.Example:80", "http://town.example/")]
    [InlineData("https://town.example:443/a", "https://town.example/a")]
    [InlineData("https://town.example:8443/a", "https://town.example:8443/a")]
    [InlineData("http://town.example/a/./b/../c", "http://town.example/a/c")]
    [InlineData("http://town.example/a#part", "http://town.example/a")]
    [InlineData("http://town.example/a?", "http://town.example/a")]
    [InlineData("http://town.example/%7euser/%c3%bc%2f", "http://town.example/~user/%C3%BC%2F")]
    [InlineData("http://town.example/straße", "http://town.example/stra%C3%9Fe")]
    [InlineData("http://bücher.example/", "http://xn--bcher-kva.example/")]
    [InlineData("http://town.example./a", "http://town.example/a")]
    [InlineData("http://me:secret@town.example/a", "http://town.example/a")]
    [InlineData("http://town.example/a?utm_source=x&id=7&fbclid=1&UTM_medium=y", "http://town.example/a?id=7")]
    [InlineData("http://town.example/a?gclid=1", "http://town.example/a")]
    [InlineData("http://town.example/a;jsessionid=AB12?x=1", "http://town.example/a?x=1")]
    [InlineData("http://town.example/a?b=2&a=1", "http://town.example/a?b=2&a=1")]
    [InlineData("http://town.example/100%", "http://town.example/100%25")]
    [InlineData(" http://town.example/a\n/b ", "http://town.example/a/b")]
    [InlineData("http://[::1]:8080/a", "http://[::1]:8080/a")]
    public void A_page_has_one_spelling(string url, string normal)
    {
        Assert.Equal(normal, UrlNormalizer.Normalize(url));
        Assert.Equal(normal, UrlNormalizer.Normalize(normal));
    }

    [Theory]
    [InlineData("mailto:a@town.example")]
    [InlineData("javascript:void(0)")]
    [InlineData("ftp://town.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/a")]
    [InlineData("")]
    [InlineData("http://")]
    public void What_cannot_be_fetched_has_none(string url) => Assert.Null(UrlNormalizer.Normalize(url));
}
