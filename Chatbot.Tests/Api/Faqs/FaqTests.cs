using System.Net;
using System.Text;
using System.Text.Json;
using Chatbot.Tests.Api.Documents;
using Xunit;

namespace Chatbot.Tests.Api.Faqs;

public sealed class FaqTests
{
    [Fact]
    public async Task A_paraphrased_question_finds_the_entry_first_and_cites_its_own_link()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        await app.AddTownAsync();
        var id = await app.AddFaqAsync(new
        {
            question = "How do I register a dog?",
            alternatives = new[] { "Where do I pay the dog tax?" },
            answer = "Bring the vaccination card to room 12.\n\n- The tag costs 45 euros a year.\n- Guide dogs are free.",
            link = "https://town.example/dogs",
        });

        var first = (await app.GetAsync("/api/search?q=I have a new puppy, where must it be registered")).GetProperty("items")[0];
        var answer = await app.AnswerAsync("Where do I pay the tax for my dog?");

        Assert.Equal(id, first.GetProperty("documentId").GetString());
        Assert.Equal("https://town.example/dogs", first.GetProperty("url").GetString());
        Assert.StartsWith("https://town.example/dogs#:~:text=", answer.GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        var chunk = Assert.Single((await app.GetAsync($"/api/documents/{id}/chunks")).GetProperty("items").EnumerateArray());
        Assert.Equal("Where do I pay the dog tax?", chunk.GetProperty("headingPath")[0].GetString());
        Assert.DoesNotContain("register a dog", chunk.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_without_a_link_is_cited_by_its_own_page_which_anyone_may_read_once_it_is_found()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        var id = await app.AddFaqAsync(new { question = "When does the ferry leave?", answer = "The ferry leaves at nine o'clock from the northern pier." });

        var answer = await app.AnswerAsync("When does the ferry leave?");
        using var visitor = new HttpClient { BaseAddress = app.Client.BaseAddress };
        using var published = await visitor.GetAsync(new Uri($"/api/faqs/{id}/published", UriKind.Relative), TestContext.Current.CancellationToken);
        using var listed = await visitor.GetAsync(new Uri("/api/faqs", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.StartsWith($"/faqs/{id}#", answer.GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("When does the ferry leave?", (await ApiApp.JsonAsync(published)).GetProperty("question").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, listed.StatusCode);
    }

    [Fact]
    public async Task A_changed_answer_takes_the_place_of_the_old_one_and_a_deleted_entry_is_found_no_more()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        var id = await app.AddFaqAsync(new { question = "Is the kiosk open?", answer = "The kiosk is open in summer." });

        var (changed, _) = await app.SendAsync(HttpMethod.Put, $"/api/faqs/{id}", new { question = "Is the kiosk open?", answer = "The kiosk is open all year." });
        var document = await app.IngestedAsync(id);
        var after = await app.GetAsync("/api/search?q=kiosk open");
        var (deleted, _) = await app.SendAsync(HttpMethod.Delete, $"/api/faqs/{id}");
        while ((await app.GetAsync("/api/search?q=kiosk open")).GetProperty("items").GetArrayLength() > 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, 2L, 2L), (changed, document.Version, document.IndexedVersion));
        Assert.Equal("The kiosk is open all year.", Assert.Single(after.GetProperty("items").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.NoContent, deleted);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Get, $"/api/faqs/{id}")).Status);
    }

    [Fact]
    public async Task The_same_question_is_not_taken_twice_and_what_is_not_right_is_named()
    {
        await using var app = await UploadApp.StartAsync();
        var (first, _) = await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "Where is the pier?", answer = "In the north.", language = "en" });

        var (second, _) = await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = " where is  the PIER ", answer = "In the south.", language = "en" });
        var (wrong, problem) = await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = " ", answer = "x", link = "javascript:alert(1)", language = "english" });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.BadRequest), (first, second, wrong));
        Assert.Equal(["language", "link", "question"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public async Task A_file_is_taken_again_and_again_without_doubling_and_what_is_exported_comes_back_as_it_was()
    {
        await using var app = await UploadApp.StartAsync();
        const string Csv = "Frage;Antwort;Alternativen;Link;Zimmer\r\nWas kostet ein Pass?;60 Euro.;\"Passgebühr?\nPass teuer?\";https://stadt.example/pass;12\r\nOhne Antwort?;;;;\r\nWo ist das Amt?;Am Markt.;;;\r\n";

        var first = await app.ImportAsync("", Csv);
        var second = await app.ImportAsync("", Csv);
        var csv = await app.Client.GetStringAsync(new Uri("/api/faqs/export", UriKind.Relative), TestContext.Current.CancellationToken);
        var json = await app.Client.GetStringAsync(new Uri("/api/faqs/export?format=json", UriKind.Relative), TestContext.Current.CancellationToken);
        var third = await app.ImportAsync("", csv);
        var fourth = await app.ImportAsync("?replace=true", json, "application/json");
        var last = await app.ImportAsync("?replace=true", "question,answer\nOnly one?,Yes.\n");

        Assert.Equal("2 0 0 1 0", Counts(first));
        Assert.Contains("answer", first.GetProperty("problems")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("0 0 2 1 0", Counts(second));
        Assert.Equal(["0 0 2 0 0", "0 0 2 0 0", "1 0 0 0 2"], [Counts(third), Counts(fourth), Counts(last)]);
        var pass = JsonDocument.Parse(json).RootElement.EnumerateArray().Single(entry => entry.GetProperty("question").GetString() == "Was kostet ein Pass?");
        Assert.Equal(("60 Euro.\nZimmer: 12", 2, "de"), (pass.GetProperty("answer").GetString(), pass.GetProperty("alternatives").GetArrayLength(), pass.GetProperty("language").GetString()));
    }

    [Fact]
    public async Task What_a_file_does_not_have_of_an_entry_stays_and_what_it_leaves_empty_goes()
    {
        await using var app = await UploadApp.StartAsync();
        const string Json = "/api/faqs/export?format=json";
        await app.ImportAsync("", "question,answer,language,alternatives,link\nWhat does a passport cost?,60 euros.,fr,Passport fee?,https://town.example/passport\n");

        var lacking = await app.ImportAsync("", "question,answer\nWhat does a passport cost?,70 euros.\n");
        var kept = JsonDocument.Parse(await app.Client.GetStringAsync(new Uri(Json, UriKind.Relative), TestContext.Current.CancellationToken)).RootElement[0];
        var object70 = await app.ImportAsync("", """[{"question":"What does a passport cost?","answer":"70 euros."}]""", "application/json");
        var empty = await app.ImportAsync("", "question,answer,alternatives,link\nWhat does a passport cost?,70 euros.,,\n");
        var cleared = JsonDocument.Parse(await app.Client.GetStringAsync(new Uri(Json, UriKind.Relative), TestContext.Current.CancellationToken)).RootElement[0];

        Assert.Equal(["0 1 0 0 0", "0 0 1 0 0", "0 1 0 0 0"], [Counts(lacking), Counts(object70), Counts(empty)]);
        Assert.Equal(
            ("70 euros.", "fr", "https://town.example/passport", "Passport fee?"),
            (kept.GetProperty("answer").GetString(), kept.GetProperty("language").GetString(), kept.GetProperty("link").GetString(), kept.GetProperty("alternatives")[0].GetString()));
        Assert.False(cleared.TryGetProperty("link", out _) || cleared.TryGetProperty("alternatives", out _));
    }

    [Theory]
    [InlineData("text/csv", "a,b\n1,2\n", 400)]
    [InlineData("application/json", "{\"question\":\"x\"", 400)]
    [InlineData("application/json", "[null, 7]", 400)]
    [InlineData("text/html", "<p>", 415)]
    public async Task Files_without_questions_are_refused(string type, string body, int status)
    {
        await using var app = await UploadApp.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, type);

        using var response = await app.Client.PostAsync(new Uri("/api/faqs/import", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Cells_that_look_like_formulas_are_exported_as_text_and_come_back()
    {
        await using var app = await UploadApp.StartAsync();
        await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "Which number?", answer = "+49 30 1234" });

        var csv = await app.Client.GetStringAsync(new Uri("/api/faqs/export", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("\"'+49 30 1234\"", csv, StringComparison.Ordinal);
        Assert.Equal("0 0 1 0 0", Counts(await app.ImportAsync("", csv)));
    }

    [Fact]
    public async Task Deleting_the_document_of_an_entry_deletes_the_entry()
    {
        await using var app = await UploadApp.StartAsync();
        var (_, entry) = await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "Still there?", answer = "For now." });
        var id = entry.GetProperty("id").GetString();

        await app.SendAsync(HttpMethod.Delete, $"/api/documents/{id}");
        var (again, revived) = await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "Still there?", answer = "Again." });

        Assert.Equal((HttpStatusCode.Created, id), (again, revived.GetProperty("id").GetString()));
    }

    private static string Counts(JsonElement reply) =>
        string.Join(' ', new[] { "created", "changed", "unchanged", "rejected", "deleted" }.Select(name => reply.GetProperty(name).GetInt32()));
}
