using System.Net;
using System.Runtime.CompilerServices;
using Chatbot.Api.Answering.StoredAnswers;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class FaqMatchTests
{
    private static readonly List<(string Language, bool IsSame, string Entry, string Asked)> s_pairs = Read();

    [Fact]
    public async Task A_question_that_an_editor_answered_gets_that_answer_without_the_model_right_after_it_was_saved()
    {
        await using var model = await ScriptedModel.SayingAsync("From the model [1].");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.SignInAsync();
        await app.AddTownAsync();
        var (_, entry) = await app.SendAsync(HttpMethod.Post, "/api/faqs", new
        {
            question = "How do I register a dog?", alternatives = new[] { "Where do I pay the dog tax?" }, answer = "Bring the vaccination card (https://town.example/card).\n\n- The tag costs 45 euros.", link = "https://town.example/dogs",
        });

        var paraphrase = await app.AnswerAsync("How can I register my dog?");
        var alternative = await app.AnswerAsync("where do i pay the DOG TAX");
        var other = await app.AnswerAsync("How much does a new passport cost?");

        Assert.Equal("https://town.example/card", paraphrase.GetProperty("citations")[0].GetProperty("links")[0].GetProperty("url").GetString());
        Assert.Equal("Bring the vaccination card (https://town.example/card).\n\n- The tag costs 45 euros. [1]", paraphrase.GetProperty("answer").GetString());
        Assert.Equal(entry.GetProperty("id").GetString(), paraphrase.GetProperty("faqId").GetString());
        Assert.Equal("This answer is from our own questions and answers.", paraphrase.GetProperty("notice").GetString());
        Assert.StartsWith("https://town.example/dogs#:~:text=", paraphrase.GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(entry.GetProperty("id").GetString(), alternative.GetProperty("faqId").GetString());
        Assert.False(other.TryGetProperty("faqId", out _));
        Assert.Single(model.Prompts);
    }

    [Fact]
    public async Task A_changed_answer_counts_at_once_and_a_deleted_entry_answers_no_more()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var (_, entry) = await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "Is the kiosk open?", answer = "In summer." });
        var path = $"/api/faqs/{entry.GetProperty("id").GetString()}";

        var before = await app.AnswerAsync("Is the kiosk open?");
        await app.SendAsync(HttpMethod.Put, path, new { question = "Is the kiosk open?", answer = "All year." });
        var after = await app.AnswerAsync("Is the kiosk open?");
        await app.SendAsync(HttpMethod.Delete, path);
        var deleted = await app.AnswerAsync("Is the kiosk open?");

        Assert.Equal(("In summer. [1]", "All year. [1]"), (before.GetProperty("answer").GetString(), after.GetProperty("answer").GetString()));
        Assert.False(deleted.TryGetProperty("faqId", out _));
    }

    [Fact]
    public async Task A_knowledge_base_may_want_nearer_questions_or_none()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "How do I register a dog?", answer = "In room 12." });

        var (wrong, problem) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { faqMatch = 0.3 } });
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { faqMatch = 1 } });
        var near = await app.AnswerAsync("How can I register my dog?");
        var same = await app.AnswerAsync("How do I register a dog?");
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { faqMatch = 0 } });
        var never = await app.AnswerAsync("How do I register a dog?");

        Assert.Equal(HttpStatusCode.BadRequest, wrong);
        Assert.True(problem.GetProperty("errors").TryGetProperty("settings.faqMatch", out _));
        Assert.Equal((false, true, false), (near.TryGetProperty("faqId", out _), same.TryGetProperty("faqId", out _), never.TryGetProperty("faqId", out _)));
    }

    [Fact]
    public async Task What_leans_on_the_conversation_is_not_the_question_of_an_entry()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.AddTownAsync();
        await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "And on Saturdays?", answer = "The pool is open." });
        var first = await app.AnswerAsync("When is the town hall open?");

        var second = await app.AnswerAsync("And on Saturdays?", first.GetProperty("conversationId").GetString());

        Assert.False(second.TryGetProperty("faqId", out _));
    }

    [Fact]
    public void Questions_of_different_matters_never_agree_and_most_of_the_same_do()
    {
        var wrong = s_pairs.Where(pair => !pair.IsSame && QuestionAgreement.Asks(pair.Asked, pair.Entry, pair.Language)).ToList();
        var missed = s_pairs.Where(pair => pair.IsSame && !QuestionAgreement.Asks(pair.Asked, pair.Entry, pair.Language)).ToList();

        Assert.Empty(wrong);
        Assert.True(missed.Count <= s_pairs.Count(pair => pair.IsSame) / 5, string.Join('\n', missed));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("zh")]
    public async Task In_each_language_only_who_asks_the_same_gets_the_stored_answer(string language)
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var pairs = s_pairs.Where(pair => pair.Language == language).ToList();
        foreach (var entry in pairs.Select(pair => pair.Entry).Distinct())
            await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = entry, answer = entry, language });

        var matched = new List<bool>();
        foreach (var (_, isSame, entry, asked) in pairs)
        {
            var reply = await app.AnswerAsync(asked);
            var found = reply.TryGetProperty("faqId", out _) ? reply.GetProperty("citations")[0].GetProperty("title").GetString() : null;
            // Another entry may ask just what the pair calls different.
            if (!isSame) Assert.NotEqual(entry, found);
            else matched.Add(found == entry);
        }

        Assert.True(matched.Count(it => it) * 3 >= matched.Count * 2, $"{matched.Count(it => it)} of {matched.Count}");
    }

    private static List<(string, bool, string, string)> Read([CallerFilePath] string here = "") =>
    [
        .. File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "faq-pairs.tsv"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[0], cells[1] == "same", cells[2], cells[3])),
    ];
}
