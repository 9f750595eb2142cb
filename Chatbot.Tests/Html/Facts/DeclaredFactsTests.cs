using System.Text;
using Chatbot.Core.Extractions;
using Xunit;

namespace Chatbot.Tests.Html.Facts;

public sealed class DeclaredFactsTests
{
    private const string Library = """
        {"@context":"https://schema.org","@type":["Library","LocalBusiness"],"name":"Stadtbibliothek","telephone":"+49 30 1234 567","email":"mailto:info@bibliothek.example",
         "address":{"@type":"PostalAddress","streetAddress":"Marktplatz 1","postalCode":"12345","addressLocality":"Musterstadt","addressCountry":"DE"},
         "openingHours":["Mo-We,Fr 10:00-18:00","Sa 10:00-13:00","Su closed"],
         "openingHoursSpecification":[{"dayOfWeek":["https://schema.org/Thursday"],"opens":"10:00","closes":"20:00"},{"opens":"10:00","closes":"12:00","validFrom":"2026-12-24","validThrough":"2026-12-24"}]}
        """;

    [Theory]
    [InlineData("de", "Stadtbibliothek\nAdresse: Marktplatz 1, 12345 Musterstadt\nTelefon: +49 30 1234 567\nE-Mail: info@bibliothek.example\nÖffnungszeiten: Montag–Mittwoch 10:00–18:00; Donnerstag 10:00–20:00; Freitag 10:00–18:00; Samstag 10:00–13:00; Sonntag geschlossen; 24. Dezember 2026 10:00–12:00")]
    [InlineData("fr", "Stadtbibliothek\nAdresse: Marktplatz 1, 12345 Musterstadt\nTéléphone: +49 30 1234 567\nE-mail: info@bibliothek.example\nHoraires d’ouverture: lundi–mercredi 10:00–18:00; jeudi 10:00–20:00; vendredi 10:00–18:00; samedi 10:00–13:00; dimanche fermé; 24 décembre 2026 10:00–12:00")]
    [InlineData("sv", "Stadtbibliothek\nAddress: Marktplatz 1, 12345 Musterstadt\nPhone: +49 30 1234 567\nE-mail: info@bibliothek.example\nOpening hours: Monday–Wednesday 10:00–18:00; Thursday 10:00–20:00; Friday 10:00–18:00; Saturday 10:00–13:00; Sunday closed; 24 December 2026 10:00–12:00")]
    public void A_place_is_told_in_the_language_of_the_page(string language, string expected) => Assert.Equal(expected, Assert.Single(Facts(language, Library)));

    [Fact]
    public void What_the_text_says_already_is_not_told_again()
    {
        var facts = Facts("de", Library, "<p>Stadtbibliothek, Marktplatz 1, 12345 Musterstadt. Rufen Sie an: +49 (30) 1234-567. Geöffnet ab 10 Uhr.</p>");

        var text = Assert.Single(facts);
        Assert.DoesNotContain("Adresse", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Telefon", text, StringComparison.Ordinal);
        Assert.Contains("E-Mail", text, StringComparison.Ordinal);
        Assert.Contains("Öffnungszeiten", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_hours_in_other_words_are_the_same_hours() => Assert.Empty(Facts(
        "en", """{"@type":"Store","name":"Shop","openingHours":"Mo-Fr 09:00-17:30"}""", "<p>We are open on weekdays, 9 am to 5:30 pm.</p>"));

    [Fact]
    public void Events_have_their_time_place_and_price()
    {
        const string Concert = """
            {"@graph":[{"@type":"Place","@id":"#hall","name":"Town hall","address":"High Street 2, Townsend"},
             {"@type":"MusicEvent","name":"Winter concert","startDate":"2026-12-05T19:30:00+01:00","endDate":"2026-12-05T22:00","eventStatus":"https://schema.org/EventCancelled",
              "location":{"@id":"#hall"},"organizer":{"name":"Music club"},"offers":[{"price":"12.50","priceCurrency":"EUR","availability":"https://schema.org/InStock"},{"name":"Children","price":0}]}]}
            """;

        var facts = Facts("en", Concert);

        Assert.Equal(
            ["Town hall\nAddress: High Street 2, Townsend",
             "Winter concert\nWhen: 5 December 2026, 19:30–22:00 (cancelled)\nWhere: Town hall, High Street 2, Townsend\nOrganizer: Music club\nPrice: 12.50 EUR\nAvailability: in stock\nPrice (Children): free"],
            facts);
    }

    [Fact]
    public void A_price_that_stands_there_in_the_way_of_the_country_is_not_told_again()
    {
        const string Lamp = """{"@type":"Product","name":"Lamp","offers":{"@type":"AggregateOffer","lowPrice":1019.9,"highPrice":"1250","priceCurrency":"EUR"}}""";

        Assert.Empty(Facts("de", Lamp, "<p>Die Lampe kostet zwischen 1.019,90 € und 1.250,00 €.</p>"));
        Assert.Equal(["Lamp\nPreis: 1019.9–1250 EUR"], Facts("de", Lamp, "<p>Eine Lampe mit 10199 Lumen.</p>"));
    }

    [Fact]
    public void Whoever_publishes_an_article_is_no_part_of_it()
    {
        var article = """{"@graph":[{"@type":"NewsArticle","headline":"x"},{"@type":"Organization","name":"Paper","telephone":"030 7777777"}]}""";

        var page = Pages.Extract($"<html lang=en><script type='application/ld+json'>{article}</script><body><article><h1>Bridge opens</h1><p>{Pages.Prose}</p><p>{Pages.Prose} Again.</p></article></body></html>");

        Assert.DoesNotContain(page.Blocks, block => block.Text.Contains("7777777", StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_data_is_bounded()
    {
        var wide = new StringBuilder("[");
        for (var i = 0; i < 3_000; i++) wide.Append(i > 0 ? "," : "").Append("{\"@id\":\"#").Append(i).Append("\",\"name\":\"Place ").Append(i).Append("\",\"telephone\":[\"0301234").Append(i).Append("\"]}");
        var circle = """{"@graph":[{"@id":"#a","@type":"Event","name":"A","startDate":"2026-01-01","location":{"@id":"#a"},"subEvent":{"@id":"#a"}}]}""";
        var long_ = $$"""{"name":"X","telephone":"{{new string('1', 100_000)}}","openingHours":"{{Pages.Repeat("Mo-", 100)}}"}""";

        Assert.Equal(50, Facts("en", wide.Append(']').ToString()).Count);
        Assert.Single(Facts("en", circle));
        Assert.Empty(Facts("en", long_));
        Assert.Empty(Facts("en", Pages.Repeat("[", 100_000)));
        Assert.Empty(Facts("en", $"[\"{new string('x', 2_000_000)}\", {Library}]"));
    }

    [Theory]
    [InlineData("""{"@type":"Organization","name":7,"address":[null,1,true],"telephone":{"a":[]},"openingHours":{"x":1}}""")]
    [InlineData("""{"@type":"Event","name":"E","startDate":"soon","location":[[]],"offers":"cheap"}""")]
    [InlineData("""{"@type":["Store",3],"name":"S","openingHoursSpecification":[{"dayOfWeek":"Someday","opens":"99:99"},7],"contactPoint":"x"}""")]
    public void Values_of_the_wrong_kind_say_nothing(string json) => Assert.Empty(Facts("en", json));

    // A page with some text, and what is added to it.
    private static List<string> Facts(string language, string json, string body = "<p>Welcome.</p>")
    {
        var blocks = Pages.Extract($"<html lang={language}><body><script type='application/ld+json'>{json}</script><main><h1>Page</h1>{body}</main></body></html>").Blocks;
        return [.. blocks.Where(b => b.Kind == BlockKind.Paragraph).Select(b => b.Text).Skip(1)];
    }
}
