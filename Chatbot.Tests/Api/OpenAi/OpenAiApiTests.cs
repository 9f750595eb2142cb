using System.ClientModel;
using System.Net;
using System.Text;
using System.Text.Json;
using Chatbot.Api.Answering;
using Chatbot.Api.OpenAi;
using Chatbot.Tests.Support;
using OpenAI;
using OpenAI.Chat;
using Xunit;

namespace Chatbot.Tests.Api.OpenAi;

/// <summary>The endpoints asked by OpenAI's own client.</summary>
public sealed class OpenAiApiTests
{
    private const string Question = "How much does a new passport cost?", Key = "a-key-of-a-program-0123";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_knowledge_base_answers_as_a_model_with_its_sources()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        var client = ClientOf(app);

        var models = await client.GetOpenAIModelClient().GetModelsAsync(Token);
        var answer = await client.GetChatClient("default").CompleteChatAsync([new SystemChatMessage("You are a pirate."), new UserChatMessage(Question)], cancellationToken: Token);

        Assert.Equal("default", Assert.Single(models.Value).Id);
        Assert.Contains("A new passport costs 60 euros. [1]", answer.Value.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, answer.Value.FinishReason);
        Assert.Contains("/passport#", MessageOf(answer).GetProperty("citations")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_streamed_with_its_usage_at_the_end()
    {
        await using var model = await ScriptedModel.StartAsync(async context =>
        {
            await ScriptedModel.BeginAsync(context);
            await ScriptedModel.SendAsync(context, "It costs ", finish: null);
            await ScriptedModel.SendAsync(context, "60 euros [1].", finish: null);
            await ScriptedModel.EndAsync(context, inputTokens: 90, outputTokens: 10);
        });
        await using var app = await ApiApp.StartAsync(model.Settings);
        await app.AddTownAsync();

        var text = new StringBuilder();
        ChatTokenUsage? usage = null;
        ChatFinishReason? reason = null;
        await foreach (var update in ClientOf(app).GetChatClient("default").CompleteChatStreamingAsync([new UserChatMessage(Question)], cancellationToken: Token))
        {
            foreach (var part in update.ContentUpdate) text.Append(part.Text);
            (usage, reason) = (update.Usage ?? usage, update.FinishReason ?? reason);
        }

        Assert.Equal("It costs 60 euros [1].", text.ToString());
        Assert.Equal((ChatFinishReason.Stop, 90, 10), (reason, usage!.InputTokenCount, usage.OutputTokenCount));
    }

    [Fact]
    public async Task Near_topics_and_choices_come_as_text_and_as_members()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();
        await app.AddPageAsync("a", "Sauna prices 2024", "A day ticket for the sauna costs 14 euros for adults and is sold at the entrance until six o'clock.");
        await app.AddPageAsync("b", "Sauna prices 2025", "A day ticket for the sauna costs 16 euros for adults and is sold at the entrance until six o'clock.");
        var client = ClientOf(app).GetChatClient("default");

        var refused = await client.CompleteChatAsync([new UserChatMessage("Which passport stamps do astronauts collect on Jupiter?")], cancellationToken: Token);
        var asked = await client.CompleteChatAsync([new UserChatMessage("How much is a day ticket for the sauna?")], cancellationToken: Token);
        var streamed = new StringBuilder();
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Which passport stamps do astronauts collect on Jupiter?")], cancellationToken: Token))
        {
            foreach (var part in update.ContentUpdate) streamed.Append(part.Text);
        }

        Assert.Contains("- Passport: https://town.example/passport", refused.Value.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(refused.Value.Content[0].Text, streamed.ToString());
        Assert.Contains("\n- 2025", asked.Value.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(["2024", "2025"], MessageOf(asked).GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("label").GetString()).Order());
        Assert.Equal("https://town.example/passport", MessageOf(refused).GetProperty("topics")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task What_was_said_before_belongs_to_a_question()
    {
        await using var app = await ApiApp.StartAsync();
        await app.AddTownAsync();

        var answer = await ClientOf(app).GetChatClient("default").CompleteChatAsync(
            [new UserChatMessage("Where do I get a new passport?"), new AssistantChatMessage("At the town hall."), new UserChatMessage("And how much is it?")], cancellationToken: Token);

        Assert.Contains("60 euros", answer.Value.Content[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_before_is_no_longer_than_a_question_may_be()
    {
        var said = JsonSerializer.SerializeToElement(new string('问', 100_000));

        var problem = CompletionQuestion.Read([new("user", said), new("user", JsonSerializer.SerializeToElement("多少钱？"))], out var question);

        Assert.Null(problem);
        Assert.Equal(("多少钱？", QuestionGuard.LongestQuestion), (question.Text, Assert.Single(question.History).Text.Length));
    }

    [Theory]
    [InlineData("""{"model":"default"}""", 400, "messages")]
    [InlineData("""{"model":"default","messages":[{"role":"assistant","content":"Hello"}]}""", 400, "messages")]
    [InlineData("""{"model":"default","messages":[{"role":"tool","content":"Hello"}]}""", 400, "messages")]
    [InlineData("""{"model":"default","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}""", 400, "messages")]
    [InlineData("""{"model":"default","messages":"Hello"}""", 400, "$.messages")]
    [InlineData("{", 400, "$")]
    [InlineData("""{"model":"other","messages":[{"role":"user","content":"Hello"}]}""", 404, null)]
    [InlineData("""{"model":"default","messages":[{"role":"user","content":"  "}]}""", 400, null)]
    [InlineData("""{"model":"default","stream":true,"messages":[{"role":"user","content":"  "}]}""", 400, null)]
    public async Task What_cannot_be_answered_is_an_error_in_OpenAIs_form(string body, int status, string? parameter)
    {
        await using var app = await ApiApp.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await app.Client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content, Token);

        var error = (await ApiApp.JsonAsync(response)).GetProperty("error");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(parameter, error.TryGetProperty("param", out var named) ? named.GetString() : null);
    }

    [Fact]
    public async Task With_keys_set_only_their_holders_are_served()
    {
        await using var app = await ApiApp.StartAsync(new() { ["OpenAiApi:Keys:0"] = Key });

        var error = await Assert.ThrowsAsync<ClientResultException>(() => ClientOf(app, "another-key").GetOpenAIModelClient().GetModelsAsync(Token));
        var models = await ClientOf(app, Key).GetOpenAIModelClient().GetModelsAsync(Token);

        Assert.Equal((int)HttpStatusCode.Unauthorized, error.Status);
        Assert.Single(models.Value);
    }

    [Fact]
    public async Task Vectors_of_texts_are_for_programs_with_a_key()
    {
        await using var open = await ApiApp.StartAsync();
        await using var app = await ApiApp.StartAsync(new() { ["OpenAiApi:Keys:0"] = Key });
        var client = ClientOf(app, Key).GetEmbeddingClient("multilingual-e5-small-q4");

        // The client asks for base64.
        var vectors = (await client.GenerateEmbeddingsAsync(["The town hall opens at 8.", "Das Rathaus öffnet um 8 Uhr.", "Cats sleep."], cancellationToken: Token)).Value;
        using var content = new StringContent("""{"input":"The town hall opens at 8."}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/embeddings") { Content = content, Headers = { { "Authorization", $"Bearer {Key}" } } };
        using var asNumbers = await app.Client.SendAsync(request, Token);
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => ClientOf(open).GetEmbeddingClient("x").GenerateEmbeddingAsync("Hello", cancellationToken: Token));

        Assert.Equal(3, vectors.Count);
        Assert.True(Dot(vectors[0], vectors[1]) > Dot(vectors[0], vectors[2]));
        var numbers = (await ApiApp.JsonAsync(asNumbers)).GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle()).ToArray();
        Assert.Equal(384, numbers.Length);
        Assert.True(System.Numerics.Tensors.TensorPrimitives.Dot(numbers, vectors[0].ToFloats().Span) > 0.999);
        Assert.Equal((int)HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("OpenAiApi:Keys", refused.Message, StringComparison.Ordinal);
    }

    private static JsonElement MessageOf(ClientResult<ChatCompletion> answer) =>
        JsonDocument.Parse(answer.GetRawResponse().Content).RootElement.GetProperty("choices")[0].GetProperty("message");

    private static float Dot(global::OpenAI.Embeddings.OpenAIEmbedding one, global::OpenAI.Embeddings.OpenAIEmbedding other) =>
        System.Numerics.Tensors.TensorPrimitives.Dot(one.ToFloats().Span, other.ToFloats().Span);

    private static OpenAIClient ClientOf(ApiApp app, string key = "none") => new(new ApiKeyCredential(key), new OpenAIClientOptions
    {
        Endpoint = new Uri(app.Client.BaseAddress!, "/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0),
    });
}
