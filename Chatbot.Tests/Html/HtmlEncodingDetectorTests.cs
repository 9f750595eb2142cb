using System.Text;
using Chatbot.Html;
using Xunit;

namespace Chatbot.Tests.Html;

public sealed class HtmlEncodingDetectorTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Fact]
    public void A_byte_order_mark_beats_every_declaration() =>
        Assert.Equal("<p>Grüße", HtmlEncodingDetector.Decode([0xEF, 0xBB, 0xBF, .. "<p>Grüße"u8], "iso-8859-1"));

    [Fact]
    public void Utf_16_is_read_with_and_without_its_mark()
    {
        Assert.Equal("<p>Grüße", HtmlEncodingDetector.Decode([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<p>Grüße")], null));
        Assert.Equal("<p>Grüße", HtmlEncodingDetector.Decode(Encoding.BigEndianUnicode.GetBytes("<p>Grüße"), null));
    }

    [Fact]
    public void The_header_beats_the_page()
    {
        var body = CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes("<meta charset=koi8-r><p>Привет");

        Assert.EndsWith("Привет", HtmlEncodingDetector.Decode(body, "windows-1251"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<meta charset=\"gb2312\"><p>你好，世界", 54936)]
    [InlineData("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\"><p>こんにちは", 932)]
    [InlineData("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><p>Łódź", 28592)]
    [InlineData("<!-- <meta charset=koi8-r> --><meta charset='windows-1251'><p>Привет", 1251)]
    public void What_the_page_says_of_itself_is_believed(string page, int codePage)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);

        Assert.Equal(page, HtmlEncodingDetector.Decode(encoding.GetBytes(page), null));
    }

    [Fact]
    public void Latin1_means_windows_1252_as_on_the_web() =>
        Assert.Equal("<p>“10 €”", HtmlEncodingDetector.Decode(Windows1252.GetBytes("<p>“10 €”"), "iso-8859-1"));

    [Fact]
    public void Without_a_declaration_valid_utf_8_is_utf_8_and_the_rest_is_windows_1252()
    {
        Assert.Equal("<p>Öffnungszeiten", HtmlEncodingDetector.Decode("<p>Öffnungszeiten"u8, null));
        Assert.Equal("<p>Öffnungszeiten", HtmlEncodingDetector.Decode(Windows1252.GetBytes("<p>Öffnungszeiten"), null));
    }

    [Fact]
    public void Utf_8_that_is_declared_but_not_there_is_not_believed() =>
        Assert.Equal("<p>Grüße aus Lübeck", HtmlEncodingDetector.Decode(Windows1252.GetBytes("<p>Grüße aus Lübeck"), "utf-8"));

    [Fact]
    public void A_single_byte_encoding_declared_over_utf_8_is_not_believed() =>
        Assert.Equal("<meta charset=iso-8859-1><p>Grüße", HtmlEncodingDetector.Decode("<meta charset=iso-8859-1><p>Grüße"u8, null));

    [Fact]
    public void One_broken_sequence_does_not_make_a_page_another_encoding()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("<p>" + Pages.Repeat("größer ", 20)), 0xFF, .. "ß"u8];

        var text = HtmlEncodingDetector.Decode(body, "utf-8");

        Assert.Contains("größer", text, StringComparison.Ordinal);
        Assert.EndsWith("\uFFFDß", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-charset")]
    [InlineData("utf-7")]
    [InlineData("\"utf-8\"")]
    [InlineData("")]
    public void An_odd_label_does_no_harm(string label) =>
        Assert.StartsWith("<p>Gr", HtmlEncodingDetector.Decode("<p>Grün"u8, label), StringComparison.Ordinal);
}
