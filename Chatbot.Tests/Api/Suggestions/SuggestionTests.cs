using System.Net;
using Chatbot.Api.Suggestions;
using Xunit;

namespace Chatbot.Tests.Api.Suggestions;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("en", "register", "How do I register a dog?")]
    [InlineData("en", "how do i reg", "How do I register a dog?")]
    [InlineData("en", "regster a dog", "How do I register a dog?")]
    [InlineData("en", "pasport", "How long is a passport valid?")]
    [InlineData("en", "valid passp", "How long is a passport valid?")]
    [InlineData("de", "hund", "Wie melde ich einen Hund an?")]
    [InlineData("de", "Bibliothekausweis", "Was kostet ein Bibliotheksausweis?")]
    [InlineData("fr", "ecole", "Où se trouve l’école ?")]
    [InlineData("zh", "图书证", "办图书证多少钱？")]
    [InlineData("zh", "图书证钱", "办图书证多少钱？")]
    public void What_was_typed_so_far_finds_the_question(string language, string typed, string expected) =>
        Assert.Equal(expected, Entries().Find(typed, language, 5) is [var first, ..] ? first.Text : null);

    [Theory]
    [InlineData("xyz")]
    [InlineData("cat licence")]
    [InlineData("   ")]
    [InlineData("???")]
    public void What_no_question_goes_on_from_finds_none(string typed) => Assert.Empty(Entries().Find(typed, "en", 5));

    [Fact]
    public void The_visitors_language_comes_first_and_who_has_typed_all_gets_nothing_to_choose()
    {
        var list = new SuggestionList([("Museum hours?", "en", []), ("Museum geöffnet?", "de", [])], ["Museum tickets"]);

        Assert.Equal("Museum geöffnet?", list.Find("museum", "de", 5)[0].Text);
        Assert.NotEqual("Museum geöffnet?", list.Find("museum", "en", 5)[0].Text);
        Assert.DoesNotContain(list.Find("museum HOURS", "en", 5), found => found.Text == "Museum hours?");
    }

    [Theory]
    [InlineData("When is the town hall open?", false)]
    [InlineData("Who pays 45 euros in 2025?", false)]
    [InlineData("Write to ann@town.example", true)]
    [InlineData("Why was 030 1234567 not called back?", true)]
    [InlineData("Wo ist der Antrag 12-345-678?", true)]
    [InlineData("My name is Ann Smith, when can I come?", true)]
    [InlineData("Bekommt meine Frau den Bescheid?", true)]
    [InlineData("Je m’appelle Anne, que faire ?", true)]
    [InlineData("我叫王小明，怎么办护照？", true)]
    public void Who_may_have_written_something_stays_unsaid(string text, bool isPersonal) => Assert.Equal(isPersonal, PersonalData.MayBeIn(text));

    [Fact]
    public async Task Entries_are_suggested_right_after_they_were_saved_and_an_empty_chat_begins_with_them_or_with_what_is_set()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "How do I register a dog?", alternatives = new[] { "Where do I pay the dog tax?" }, answer = "In room 12.", language = "en" });

        var typed = await app.GetAsync("/api/suggestions?q=dog%20ta&language=en");
        var german = await app.GetAsync("/api/suggestions?language=de");
        var empty = await app.GetAsync("/api/suggestions?language=en");
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { suggestions = false, starters = new[] { " What is new? " } } });
        var off = await app.GetAsync("/api/suggestions?q=dog&language=en");
        var starters = await app.GetAsync("/api/suggestions?language=en");
        var config = await app.GetAsync("/api/chat/config");

        Assert.Equal(("How do I register a dog?", "faq"), (typed.GetProperty("items")[0].GetProperty("text").GetString(), typed.GetProperty("items")[0].GetProperty("source").GetString()));
        Assert.Equal((1, 0, 0), (empty.GetProperty("total").GetInt32(), german.GetProperty("total").GetInt32(), off.GetProperty("total").GetInt32()));
        Assert.Equal(("What is new?", "starter"), (starters.GetProperty("items")[0].GetProperty("text").GetString(), starters.GetProperty("items")[0].GetProperty("source").GetString()));
        Assert.False(config.GetProperty("suggestions").GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, (await app.SendAsync(HttpMethod.Get, "/api/suggestions?limit=99")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, "/api/suggestions?knowledgeBase=none")).Status);
    }

    [Fact]
    public async Task What_several_visitors_asked_and_got_a_good_answer_to_is_suggested_and_nothing_else_they_wrote()
    {
        await using var app = await ApiApp.StartAsync(new() { ["Suggestions:RefreshInterval"] = "00:00:01", ["RateLimits:SuggestionsPerMinute"] = "0" });
        await app.AddTownAsync();
        await AskAsync(app, 3, "How much does a new passport cost?");
        await AskAsync(app, 1, "how much does a NEW passport cost");
        await AskAsync(app, 2, "When are paper bins emptied?");
        await AskAsync(app, 3, "Who won the football championship on Mars?");
        await AskAsync(app, 3, "Does my wife get a new passport?");
        await AskAsync(app, 3, "When is the town hall open?", helpful: false);

        var found = await app.GetAsync("/api/suggestions?language=en");
        // It is read beside: who comes first does not wait for it. No limit is set, a fast machine asks thousands of times until then.
        while (found.GetProperty("total").GetInt32() == 0) found = await app.GetAsync("/api/suggestions?language=en");

        Assert.Equal(["How much does a new passport cost? popular"], found.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("text").GetString()} {item.GetProperty("source").GetString()}"));
    }

    [Fact]
    public async Task Whoever_asks_without_end_is_told_to_wait()
    {
        await using var app = await ApiApp.StartAsync(new() { ["RateLimits:SuggestionsPerMinute"] = "2" });

        await app.GetAsync("/api/suggestions?q=a");
        await app.GetAsync("/api/suggestions?q=ab");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await app.SendAsync(HttpMethod.Get, "/api/suggestions?q=abc")).Status);
    }

    private static async Task AskAsync(ApiApp app, int visitors, string question, bool? helpful = null)
    {
        for (var i = 0; i < visitors; i++)
        {
            using var response = await app.AskAsync(new { question, visitorId = $"visitor-{i}-0123456789", stream = false });
            var messageId = (await ApiApp.JsonAsync(response)).GetProperty("messageId").GetString();
            if (helpful is not null) await app.SendAsync(HttpMethod.Post, "/api/feedback", new { messageId, helpful });
        }
    }

    private static SuggestionList Entries() => new(
        [
            ("How do I register a dog?", "en", ["Where do I pay the dog tax?"]),
            ("How long is a passport valid?", "en", []),
            ("Wie melde ich einen Hund an?", "de", []),
            ("Was kostet ein Bibliotheksausweis?", "de", []),
            ("Où se trouve l’école ?", "fr", []),
            ("办图书证多少钱？", "zh", []),
        ],
        []);
}
