using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

/// <summary>Which ways of writing meet in a question and a text.</summary>
public sealed class WordMeetingTests : IDisposable
{
    private readonly WordIndexFixture index = new();

    [Theory]
    [InlineData("pg_stat_activity", "Look at pg_stat_activity.")]
    [InlineData("stat activity", "Look at pg_stat_activity.")]
    [InlineData("max_connections", "max_connections=100")]
    [InlineData("ERR-1042", "Fehler err_1042")]
    [InlineData("ERR1042", "Fehler ERR-1042: kaputt")]
    [InlineData("1042", "Fehler ERR-1042: kaputt")]
    [InlineData("/etc/hosts", "Siehe (/etc/hosts).")]
    [InlineData("etc/hosts", "Siehe /etc/hosts, dann weiter")]
    [InlineData("System32", "C:\\Windows\\System32 ist voll")]
    [InlineData("16.4", "Ab PostgreSQL 16.4.")]
    [InlineData("PostgreSQL 16", "Ab PostgreSQL 16.4.")]
    [InlineData("C++", "C++17 und (C++)")]
    [InlineData("C++17", "Seit C++ 17")]
    [InlineData("C#", "Ein C#-Programm")]
    [InlineData(".NET", "ASP.NET Core")]
    [InlineData("NodeJS", "Ein Node.js-Server")]
    [InlineData("node.js", "Ein Node.js-Server")]
    [InlineData("v2.1.3-beta", "Version 2.1.3 ist da")]
    [InlineData("2.1.3", "v2.1.3-beta ist da")]
    [InlineData("192.168.0.1", "http://192.168.0.1:8080/")]
    [InlineData("DIN A4", "im DIN-A4-Format")]
    [InlineData("DIN-A4", "auf DIN A4")]
    [InlineData("§ 12 Abs. 3", "nach §12 Abs. 3 BMG")]
    [InlineData("§12a", "§ 12a gilt")]
    [InlineData("50 %", "es sind 50%")]
    [InlineData("50 Prozent", "es sind 50%")]
    [InlineData("3.5", "um 3,5 %")]
    [InlineData("1234,56", "1.234,56 €")]
    [InlineData("1,234.56", "1.234,56 €")]
    [InlineData("12500", "12.500 Einwohner")]
    [InlineData("UTF8", "in UTF-8")]
    [InlineData("utf-8", "in UTF8")]
    [InlineData("Covid19", "wegen COVID-19")]
    [InlineData("030 1234567", "Tel. 030/1234567")]
    [InlineData("(030) 1234567", "Tel. 030-1234567")]
    [InlineData("0301234567", "Tel. (030) 123 45-67, Fax 5")]
    [InlineData("030 123 45 67", "Tel. 0301234567")]
    [InlineData("+49301234567", "Tel. +49 (0)30 / 123 4567.")]
    [InlineData("0049301234567", "Tel. +49 (0) 30-1234567")]
    [InlineData("DE89370400440532013000", "IBAN: DE89 3704 0044 0532 0130 00")]
    [InlineData("DE89 3704 0044 0532 0130 00", "IBAN: DE89370400440532013000")]
    [InlineData("--force", "mit --force")]
    [InlineData("Hauptstr. 5", "Hauptstraße 5")]
    [InlineData("Hauptstraße", "Hauptstr. 5")]
    [InlineData("Lange Strasse", "Lange Str. 12a")]
    [InlineData("vector", "std::vector<int>")]
    [InlineData("example.org", "info@example.org")]
    public async Task Identifiers_numbers_and_names_meet_however_they_are_written(string question, string text)
    {
        await index.AddAsync(text, "de");

        Assert.Single(await index.FindAsync(question));
    }

    [Theory]
    [InlineData("pg_stat_activity", "The activity, stat and pg; activity and stat.", "Look at pg_stat_activity in a text that is quite long and speaks of other things.")]
    [InlineData("ERR-1042", "Err not: 1042, err, 1042.", "Here it says ERR-1042 within a longer text about something else.")]
    [InlineData("16.4", "4 of 16, 16 of 4.", "Since 16.4 something is different in many of the cases we saw.")]
    [InlineData("/etc/hosts", "hosts, etc, hosts etc.", "Some people change /etc/hosts and then restart everything they have.")]
    [InlineData("C++", "C and C and C.", "Written in C++ by a number of people over the course of years.")]
    [InlineData("C#", "C and C and C.", "Written in C# by a number of people over the course of years.")]
    [InlineData("v2.1.3-beta", "v2 beta 1 3 beta v2.", "The release v2.1.3-beta came out and nobody seems to have noticed it.")]
    [InlineData("192.168.0.1", "168 192 0 1 168 192.", "The router answers at 192.168.0.1 whatever the weather is like outside.")]
    [InlineData("2.1.3", "2 1 3 1 2 3.", "The release v2.1.3-beta came out and nobody seems to have noticed it.")]
    public async Task The_exact_form_goes_before_its_parts(string question, string parts, string exact)
    {
        for (var i = 1; i < 5; i++) await index.AddAsync($"Something else in chapter {i}.", "en");
        await index.AddAsync(parts, "en");
        await index.AddAsync(exact, "en");

        Assert.Equal([exact, parts], (await index.FindAsync(question)).Take(2));
    }

    [Theory]
    [InlineData("Buergerbuero", "Das Bürgerbüro ist offen", "de")]
    [InlineData("Bürgerbüro", "Das BUERGERBUERO ist offen", "de")]
    [InlineData("burgerburo", "Das Bürgerbüro ist offen", "de")]
    [InlineData("Straße", "Die STRASSE ist lang", "de")]
    [InlineData("strasse", "Die Straße ist lang", "de")]
    [InlineData("Maße", "Masse", "de")]
    [InlineData("sécurité", "la securite sociale", "fr")]
    [InlineData("securite", "la sécurité sociale", "fr")]
    [InlineData("oeuvre", "son œuvre", "fr")]
    [InlineData("ecole", "l’école", "fr")]
    [InlineData("informacion", "Información general", "es")]
    [InlineData("ano", "el año", "es")]
    [InlineData("universita", "l'università", "it")]
    [InlineData("POSTGRESQL", "PostgreSQL", "en")]
    [InlineData("files", "the ﬁle", "en")]
    [InlineData("postgres", "Ｐｏｓｔｇｒｅｓ", "en")]
    [InlineData("Ｐｏｓｔｇｒｅｓ", "postgres", "en")]
    [InlineData("permissions", "per\u00ADmis\u00ADsions", "en")]
    [InlineData("per\u00ADmission", "permissions", "en")]
    [InlineData("resume\u0301", "résumé", "en")]
    [InlineData("cafe", "Cafe\u0301", "fr")]
    [InlineData("データベース", "ﾃﾞｰﾀﾍﾞｰｽ", "ja")]
    [InlineData("数据库", "安装数据库", "zh")]
    public async Task Spellings_of_a_word_meet(string question, string text, string language)
    {
        await index.AddAsync(text, language);

        Assert.Single(await index.FindAsync(question));
    }

    [Fact]
    public async Task A_text_whose_language_is_unknown_is_found_by_its_words_as_they_are()
    {
        await index.AddAsync("Something in English.", "en");
        var right = await index.AddAsync("Connections", null);

        Assert.Equal([right.Text], await index.FindAsync("connections"));
    }

    public void Dispose() => index.Dispose();
}
