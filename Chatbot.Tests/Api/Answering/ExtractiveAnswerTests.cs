using System.Net;
using System.Text.Json;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Api.Answering;

public sealed class ExtractiveAnswerTests
{
    [Fact]
    public async Task The_sentence_that_answers_is_quoted_with_its_citation()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        var reply = await app.AnswerAsync("How much does a new passport cost?");

        Assert.Contains("A new passport costs 60 euros. [1]", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        var citation = reply.GetProperty("citations")[0];
        Assert.Equal(1, citation.GetProperty("number").GetInt32());
        Assert.Equal("Passport", citation.GetProperty("title").GetString());
        Assert.StartsWith("https://town.example/passport#:~:text=", citation.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.False(reply.GetProperty("refused").GetBoolean());
        Assert.False(reply.GetProperty("degraded").GetBoolean());
        Assert.True(reply.GetProperty("answer").GetString()!.Length <= 800);
    }

    [Fact]
    public async Task Every_citation_in_the_text_is_in_the_list_and_the_other_way_round()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        var reply = await app.AnswerAsync("When is the town hall open and when does the pool open?");

        var answer = reply.GetProperty("answer").GetString()!;
        var numbers = reply.GetProperty("citations").EnumerateArray().Select(citation => citation.GetProperty("number").GetInt32()).ToList();
        Assert.NotEmpty(numbers);
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        Assert.All(numbers, number => Assert.Contains($"[{number}]", answer, StringComparison.Ordinal));
        Assert.DoesNotContain($"[{numbers.Count + 1}]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quoted_sentence_brings_its_links_and_no_others()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddPageAsync(
            "parking", "Parking permits", ["Residents apply for a parking permit by the online form. Trees are pruned in autumn, see the plan."],
            ("online form", "https://town.example/permit"), ("parking permit", "javascript:alert(1)"), ("plan", "https://town.example/trees"));
        await app.SignInAsync();

        var reply = await app.AnswerAsync("How do residents apply for a parking permit?");

        Assert.Contains("by the online form. [1]", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        var link = Assert.Single(reply.GetProperty("citations")[0].GetProperty("links").EnumerateArray());
        Assert.Equal(("online form", "https://town.example/permit"), (link.GetProperty("text").GetString(), link.GetProperty("url").GetString()));
        var hit = (await app.GetAsync("/api/search?q=parking+permit")).GetProperty("items")[0];
        Assert.Contains(hit.GetProperty("links").EnumerateArray(), l => l.GetProperty("url").GetString() == "https://town.example/trees");
        var kept = (await app.GetAsync($"/api/conversations/{reply.GetProperty("conversationId").GetString()}")).GetRawText();
        Assert.Contains("https://town.example/permit", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_kept_whole_and_told_what_it_is_of()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        var reply = await app.AnswerAsync("What does a day ticket for the swimming pool cost?");

        Assert.Contains("Swimming pool:\nPrices\nDay ticket | 4 euros\n", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains(":~:text=Prices,", reply.GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What is the orbital period of Jupiter's moons?", "I found no answer")]
    [InlineData("Wie hoch ist die Umlaufzeit der Jupitermonde und warum?", "keine Antwort gefunden")]
    [InlineData("Quelle est la durée de révolution des lunes de Jupiter ?", "pas trouvé de réponse")]
    [InlineData("木星卫星的公转周期是多少？", "没有找到")]
    public async Task What_the_sources_do_not_say_is_refused_in_the_askers_language_with_the_contact(string question, string said)
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.SignInAsync();
        var (status, _) = await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { contact = "help@town.example" } });
        Assert.Equal(HttpStatusCode.OK, status);

        var reply = await app.AnswerAsync(question);

        Assert.True(reply.GetProperty("refused").GetBoolean());
        Assert.Contains(said, reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains("help@town.example", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Empty(reply.GetProperty("citations").EnumerateArray());
        // Nothing is quoted, so nothing is said of quotes.
        Assert.False(reply.TryGetProperty("notice", out _));
    }

    [Fact]
    public async Task A_sentence_that_means_the_answer_wins_over_sentences_with_more_of_the_words()
    {
        // Near to the question what speaks of a price, however it is put.
        await using var endpoint = await ScriptedEndpoint.EmbeddingAsync(text => text.Contains("How much", StringComparison.Ordinal) || text.Contains("sixty", StringComparison.Ordinal) ? [1, 0, 0] : [0.6f, 0.8f, 0]);
        await using var app = await ApiApp.StartAsync(new()
        {
            ["Embeddings:Endpoint"] = endpoint.Url.ToString(), ["Embeddings:ApiKey"] = ScriptedEndpoint.Key, ["Embeddings:Model"] = "scripted", ["Embeddings:Dimensions"] = "3",
        });
        string[] sentences = [.. Enumerable.Range(1, 12).Select(i => $"Whether the passport of counter {i} must be paid at once depends much on what the passport of counter {i} is for and on who has to have it.")];
        await app.AddPageAsync("passport", "Papers", string.Join(' ', [.. sentences, "Sixty euros: that is what citizens are charged for such papers, in other words sixty."]));

        var reply = await app.AnswerAsync("How much must be paid for a passport?");

        Assert.StartsWith("Whether", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Contains("Sixty euros", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_embedding_model_is_down_words_choose_the_sentences()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync((context, _, _) => ScriptedEndpoint.SendAsync(context, "{}", 500));
        await using var app = await ApiApp.StartAsync(new()
        {
            ["Embeddings:Endpoint"] = endpoint.Url.ToString(), ["Embeddings:ApiKey"] = ScriptedEndpoint.Key, ["Embeddings:Model"] = "scripted", ["Embeddings:Dimensions"] = "3",
        });
        await app.AddTownAsync();

        var reply = await app.AnswerAsync("How much does a new passport cost?");

        Assert.Contains("A new passport costs 60 euros. [1]", reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Who painted the bins of Jupiter's moons before the great rocket race?", "No certain answer was found: this is the nearest in the sources. No language model")]
    [InlineData("Wer hat vor dem großen Rennen die Tuesday-Raketen vom Jupiter bemalt?", "Eine sichere Antwort wurde nicht gefunden: Das kommt ihr in den Quellen am nächsten. Es ist kein Sprachmodell")]
    public async Task What_may_not_answer_is_called_the_nearest(string question, string notice)
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Put, "/api/knowledge-bases/default", new { title = "Town", settings = new { refuseBelow = 0 } });

        var reply = await app.AnswerAsync(question);

        Assert.False(reply.GetProperty("refused").GetBoolean());
        Assert.StartsWith(notice, reply.GetProperty("notice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_long_table_stand_below_one_head_and_what_the_asker_cannot_read_is_left_out()
    {
        await using var app = await ApiApp.StartAsync();
        var rows = Enumerable.Range(1, 12).Select(n => $"Collection round {n} | paper bins of the northern district {n} | Tuesday {n} at seven in the morning");
        await app.AddPageAsync("rounds", "Collection rounds", $"Collection rounds of paper bins\n\nRound | District | Day\n{string.Join('\n', rows)}");
        app.PageLanguage = "de";
        await app.AddPageAsync("papier", "Paper: Papiertonnen", "Die Papiertonnen (paper bins, collection rounds) im Bezirk (district) werden dienstags (Tuesday) geleert.");

        var reply = await app.AnswerAsync("On which Tuesday are the collection rounds of the paper bins in the northern district?");

        var answer = reply.GetProperty("answer").GetString()!;
        Assert.Equal(2, answer.Split("Round | District | Day").Length);
        Assert.True(answer.Split("paper bins of the northern district").Length > 2, answer);
        Assert.DoesNotContain("Papiertonnen", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_model_a_line_says_so()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        var reply = await app.AnswerAsync("How much does a new passport cost?");

        Assert.Equal("No language model is configured: the answer is quoted from the sources.", reply.GetProperty("notice").GetString());
        Assert.False(reply.TryGetProperty("model", out _));
    }

    [Fact]
    public async Task The_events_come_in_order_with_ids_and_their_texts_are_the_answer()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        using var response = await app.AskAsync(new { question = "When is the town hall open?", options = new { trace = true } });

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        Assert.True(response.Headers.Contains("X-Trace-Id"));
        var events = await SseReader.ReadAllAsync(response);
        Assert.Equal(["meta", "delta", "sources", "trace", "done"], events.Select(item => item.EventType).Distinct());
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => $"{id}"), events.Select(item => item.EventId));
        Assert.Contains("from 8 to 12", events.Text(), StringComparison.Ordinal);
        Assert.NotEmpty(events.Data("meta").GetProperty("conversationId").GetString()!);
        Assert.Equal(1, events.Data("sources").GetProperty("citations")[0].GetProperty("number").GetInt32());
        Assert.Contains(events.Data("trace").GetProperty("steps").EnumerateArray(), step => step.GetProperty("step").GetString() == "retrieve");
        Assert.Equal(JsonValueKind.Number, events.Data("done").GetProperty("ms").ValueKind);
    }

    [Fact]
    public async Task A_trace_comes_only_when_asked_for()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        using var response = await app.AskAsync(new { question = "When is the town hall open?" });

        Assert.DoesNotContain(await SseReader.ReadAllAsync(response), item => item.EventType == "trace");
    }
}
