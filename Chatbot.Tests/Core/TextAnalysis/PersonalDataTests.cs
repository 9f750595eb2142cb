using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Write to anna.miller@example.org please", "Write to [e-mail] please")]
    [InlineData("Call +49 30 1234567 or 0043 1 5321234", "Call [phone] or [phone]")]
    [InlineData("Meine Nummer ist 030 / 123 45 67.", "Meine Nummer ist [phone].")]
    [InlineData("Appelez le 01 23 45 67 89", "Appelez le [phone]")]
    [InlineData("我的手机是13812345678。", "我的手机是[phone]。")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00", "IBAN [account]")]
    [InlineData("card 4111 1111 1111 1111, thanks", "card [card], thanks")]
    [InlineData("身份证11010519491231002X", "身份证[identity]")]
    [InlineData("with sk-proj-abcdefghijklmnop1234", "with [secret]")]
    [InlineData("Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "Authorization: [secret]")]
    [InlineData("my password is hunter22", "my password is [secret]")]
    [InlineData("https://anna:secret1@example.org/", "https://[secret]@example.org/")]
    public void What_belongs_to_a_person_is_taken_out(string text, string clean)
    {
        Assert.Equal(clean, PersonalData.Redact(text));
    }

    [Theory]
    [InlineData("Fetched https://example.org/news/2026-11-29/1234567 in 1234.5 ms")]
    [InlineData("Trace 0af7651916cd43dd8448eb211c80319c of 2026-11-29T21:30:55.123Z")]
    [InlineData("01932f5e-7a41-7c3b-9b1d-5d1f0a2b3c4d was indexed: 1,169 documents, 8259 chunks")]
    [InlineData("How do I reset my password?")]
    [InlineData("The year 2026 has 525600 minutes; version 10.0.14 of 3.50.4")]
    public void What_operators_need_stays(string text)
    {
        Assert.Same(text, PersonalData.Redact(text));
    }
}
