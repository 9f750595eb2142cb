using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Chatbot.Api.Routing;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Routing;

public sealed class RoutingTests
{
    /// <summary>Questions of many kinds, some of which sound like small talk.</summary>
    private static readonly string[] s_questions =
    [
        "Hello, where is the library?", "Danke, und was kostet ein Pass?", "Thank you. How do I install the package?", "Who is the head of the department?",
        "Wer ist der Direktor der Schule?", "What is your phone number?", "How can I contact you?", "Wie kann ich Sie erreichen?", "Can I bring my dog?",
        "passport", "Kosten", "Qui peut voter ?", "谁可以办理护照？", "How do people say goodbye in Germany?", "What can PostgreSQL do?", "What can you do with a passport?",
        "Was kann man mit apt machen?", "Where can I talk to a doctor?", "How do I talk to the database from Python?", "How do I become a member of staff?",
        "Can a human read this format?", "Wie heißt der Bürgermeister?", "What is the name of the school?", "And on Saturdays?", "Und samstags?",
        "How are prices set?", "Wie geht es weiter?", "Good Friday opening hours", "Guten Morgen Kita Öffnungszeiten", "When was the bridge built?",
        "Combien coûte l'abonnement ?", "Où se trouve la piscine ?", "游泳池什么时候开放？", "怎么申请住房补贴？", "Wann fährt der letzte Bus nach Lindenau?",
        "How many people live in the town?", "Which documents do I need to marry?", "What is a foreign key?", "How do I create an index without locking the table?",
        "Wie richte ich einen Drucker ein?", "Warum startet der Dienst nicht?", "Was bedeutet die Fehlermeldung 404?", "Is there a discount for students?",
    ];

    [Fact]
    public async Task No_question_is_taken_for_small_talk()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var taken = new List<string>();
        foreach (var question in s_questions)
        {
            var (_, route) = await app.SendAsync(HttpMethod.Post, "/api/examples/route", new { question });
            if (route.GetProperty("intent").GetString() != "question") taken.Add($"{question} → {route}");
        }

        Assert.Empty(taken);
    }

    [Theory]
    [InlineData("Hello!", "greeting", "Hello! What would you like to know?")]
    [InlineData("DANKE", "thanks", "Gern geschehen")]
    [InlineData("thank you so much for the information", "thanks", "You are welcome")]
    [InlineData("Dankeschön, sehr nett", "thanks", "Gern geschehen")]
    [InlineData("je veux parler à un être humain", "handover", "pas vous mettre en relation")]
    [InlineData("bye bye", "goodbye", "Goodbye")]
    [InlineData("你是人工智能吗", "identity", "聊天机器人")]
    [InlineData("Ich möchte einen Menschen sprechen", "handover", "nicht mit einem Menschen verbinden")]
    public async Task Small_talk_is_answered_without_sources_in_the_visitors_language(string said, string intent, string answer)
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        var reply = await app.AnswerAsync(said, options: new { trace = true });

        Assert.Equal(intent, reply.GetProperty("intent").GetString());
        Assert.Contains(answer, reply.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Empty(reply.GetProperty("citations").EnumerateArray());
        Assert.False(reply.GetProperty("refused").GetBoolean());
        Assert.DoesNotContain(reply.GetProperty("trace").EnumerateArray(), step => step.GetProperty("step").GetString() == "retrieve");
    }

    [Fact]
    public async Task An_editors_examples_and_intents_count_from_the_next_question_on()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.SignInAsync();
        var before = await app.AnswerAsync("How much does a new passport cost?");

        await app.SendAsync(HttpMethod.Put, "/api/examples/intents/passports", new { answers = new Dictionary<string, string> { [""] = "Passports are made next door." } });
        await app.SendAsync(HttpMethod.Post, "/api/examples", new { intent = "passports", text = "How much does a new passport cost" });
        await app.SendAsync(HttpMethod.Post, "/api/examples", new { intent = "refusal", text = "Tell me a joke" });
        var after = await app.AnswerAsync("How much does a new passport cost?");
        var near = await app.AnswerAsync("How much does the new passport cost me?");
        var refused = await app.AnswerAsync("Tell me a joke!");
        await app.SendAsync(HttpMethod.Delete, "/api/examples/intents/passports");
        var again = await app.AnswerAsync("How much does a new passport cost?");

        Assert.Contains("60 euros", before.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal("Passports are made next door.", after.GetProperty("answer").GetString());
        Assert.Equal("Passports are made next door.", near.GetProperty("answer").GetString());
        Assert.True(refused.GetProperty("refused").GetBoolean());
        Assert.Equal(before.GetProperty("answer").GetString(), again.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task An_intent_with_a_template_is_answered_from_the_sources_by_that_template()
    {
        await using var model = await ScriptedModel.SayingAsync("We are sorry [1].");
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Post, "/api/prompt-templates", new { name = "complaint", text = "Be sorry.\n---\n{context}{question}" });
        await app.SendAsync(HttpMethod.Put, "/api/examples/intents/complaint", new { template = "complaint" });
        await app.SendAsync(HttpMethod.Post, "/api/examples", new { intent = "complaint", text = "My paper bin was not emptied" });

        var reply = await app.AnswerAsync("My paper bin was not emptied!", options: new { trace = true });

        Assert.Equal("We are sorry [1].", reply.GetProperty("answer").GetString());
        Assert.Contains("Be sorry.", Assert.Single(model.Prompts), StringComparison.Ordinal);
        Assert.Contains("complaint/* 1", reply.GetProperty("trace").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("handover", "handover")]
    [InlineData("I am not sure, maybe handover", "question")]
    [InlineData("nonsense", "question")]
    public async Task What_the_nearest_example_does_not_tell_is_asked_of_the_model_which_may_only_name_an_intent(string said, string intent)
    {
        await using var model = await ScriptedModel.SayingAsync(said);
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.SignInAsync();

        var (_, route) = await app.SendAsync(HttpMethod.Post, "/api/examples/route", new { question = Unsure });

        Assert.Equal(intent, route.GetProperty("intent").GetString());
        Assert.Single(model.Prompts);
    }

    [Fact]
    public async Task What_many_ask_at_once_is_asked_of_the_model_once_whoever_leaves()
    {
        var goOn = new TaskCompletionSource();
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            await goOn.Task;
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "handover", finish: null);
            await ScriptedModel.EndAsync(context, inputTokens: 90, outputTokens: 1);
        });
        // The model has all the time it needs.
        await using var app = await ApiApp.StartAsync(model.Settings, services => services.AddSingleton<TimeProvider>(new ManualTimeProvider()));
        using var leaving = new CancellationTokenSource();
        var first = AskAsync(leaving.Token);
        await UntilAsync(() => model.Prompts.Count == 1);

        var others = new[] { AskAsync(Token), AskAsync(Token) };
        await UntilAsync(() => app.Services.GetRequiredService<IntentModel>().Waiting == 3);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        goOn.SetResult();
        var replies = await Task.WhenAll(others);

        Assert.All(replies, reply => Assert.Equal("handover", reply.GetProperty("intent").GetString()));
        Assert.Single(model.Prompts);

        async Task<JsonElement> AskAsync(CancellationToken cancellationToken)
        {
            using var response = await app.Client.PostAsJsonAsync("/api/chat", new { question = Unsure, stream = false }, cancellationToken);
            return await ApiApp.JsonAsync(response);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Delay(5, Token);
    }

    /// <summary>Near an example, and not near enough.</summary>
    private const string Unsure = "Are you ChatGPT?";

    [Fact]
    public async Task Examples_are_exported_and_come_back_as_csv_and_json()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Put, "/api/examples/intents/weather", new { answers = new Dictionary<string, string> { ["de"] = "Schauen Sie hinaus." } });
        await app.SendAsync(HttpMethod.Post, "/api/examples", new { intent = "weather", text = "=Regnet es, heute?", link = "https://town.example/weather" });
        await app.SendAsync(HttpMethod.Post, "/api/knowledge-bases", new { name = "other", title = "Other" });

        var csv = await app.Client.GetStringAsync(new Uri("/api/examples/export", UriKind.Relative), TestContext.Current.CancellationToken);
        var json = await app.Client.GetStringAsync(new Uri("/api/examples/export?format=json", UriKind.Relative), TestContext.Current.CancellationToken);
        var lacking = await ImportAsync(app, csv, "text/csv");
        var taken = await ImportAsync(app, json, "application/json");
        var again = await ImportAsync(app, csv, "text/csv");
        // From a time, or by a program, that knows nothing of links.
        await ImportAsync(app, """{"examples":[{"intent":"weather","text":"=Regnet es, heute?"}]}""", "application/json");

        Assert.Equal((0, 1), (lacking.GetProperty("created").GetInt32(), lacking.GetProperty("rejected").GetInt32()));
        Assert.Equal((1, 0, 1), (taken.GetProperty("created").GetInt32(), again.GetProperty("created").GetInt32(), again.GetProperty("changed").GetInt32()));
        var there = (await app.GetAsync("/api/examples?knowledgeBase=other")).GetProperty("items")[0];
        Assert.Equal(
            ("weather", "=Regnet es, heute?", "https://town.example/weather"), (there.GetProperty("intent").GetString(), there.GetProperty("text").GetString(), there.GetProperty("link").GetString()));
    }

    [Fact]
    public async Task What_is_not_right_is_named()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();

        var (unknown, first) = await app.SendAsync(HttpMethod.Post, "/api/examples", new { intent = "nothing", text = "", link = "javascript:alert(1)" });
        var (empty, second) = await app.SendAsync(HttpMethod.Put, "/api/examples/intents/mine", new { });
        var (question, _) = await app.SendAsync(HttpMethod.Put, "/api/examples/intents/question", new { template = "x" });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (unknown, empty, question));
        Assert.Equal(["intent", "link", "text"], first.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        Assert.True(second.GetProperty("errors").TryGetProperty("answers", out _));
    }

    [Fact]
    public async Task The_vectors_that_are_shipped_are_those_of_the_shipped_examples()
    {
        using var generator = new LocalEmbeddingGenerator();
        var shipped = ShippedVectors.Read(ShippedExamples.All);

        Assert.NotNull(shipped);
        foreach (var place in new[] { 0, 70, shipped.Count - 1 })
        {
            var made = await generator.GenerateAsync([ShippedExamples.All[place].Text], EmbeddingKind.ForQueries(), TestContext.Current.CancellationToken);
            Assert.InRange(System.Numerics.Tensors.TensorPrimitives.Dot(made[0].Vector.Span, shipped[place].Span), 0.998f, 1.002f);
        }
    }

    [Fact]
    public async Task Another_embedding_model_is_read_on_the_shipped_ones_scale()
    {
        using var generator = new CentredGenerator();
        await using var app = await ApiApp.StartAsync(services: services => services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(generator));
        await app.AddTownAsync();
        await app.SignInAsync();
        await app.SendAsync(HttpMethod.Post, "/api/faqs", new { question = "How do I register a dog?", answer = "In room 12." });
        // Its vectors of the examples are being made.
        while (await RouteAsync("thank you so much for the information") == "question") await Task.Delay(20, TestContext.Current.CancellationToken);

        foreach (var question in s_questions) Assert.Equal("question", await RouteAsync(question));
        Assert.Equal("handover", await RouteAsync("je veux parler à un être humain"));
        Assert.True((await app.AnswerAsync("How can I register my dog?")).TryGetProperty("faqId", out _));
        Assert.False((await app.AnswerAsync("How much does a new passport cost?")).TryGetProperty("faqId", out _));

        async Task<string?> RouteAsync(string question) => (await app.SendAsync(HttpMethod.Post, "/api/examples/route", new { question })).Body.GetProperty("intent").GetString();
    }

    [Fact]
    public void A_model_that_does_not_tell_the_examples_apart_is_not_trusted()
    {
        var shipped = ShippedVectors.Read(ShippedExamples.All)!;
        var random = new Random(1);

        var scale = ModelScale.Measure(ShippedExamples.All, shipped, [.. shipped.Select(_ => (ReadOnlyMemory<float>)Enumerable.Range(0, 64).Select(_ => (float)random.NextDouble() - 0.5f).ToArray())]);

        Assert.Null(scale);
    }

    private static async Task<JsonElement> ImportAsync(ApiApp app, string file, string type)
    {
        using var content = new StringContent(file, Encoding.UTF8, type);
        using var response = await app.Client.PostAsync(new Uri("/api/examples/import?knowledgeBase=other", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ApiApp.JsonAsync(response);
    }
}
