using Chatbot.Api.Answering;
using Chatbot.Api.RateLimits;
using Chatbot.Api.Widgets;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.OpenAi;

/// <summary>OpenAI's API over the knowledge bases: each is a model that answers from its sources.</summary>
internal static class OpenAiEndpoints
{
    private const string Owner = "chatbot";

    public static void AddOpenAiApi(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OpenAiApiOptions, OpenAiApiOptionsValidator>().BindConfiguration("OpenAiApi");
        services.AddSingleton<OpenAiKeys>();
    }

    public static void MapOpenAiApi(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1").WithTags("OpenAI").AllowAnonymous().RequireCors(AllowedOrigins.Policy).AddEndpointFilter(CheckKeyAsync);
        group.MapGet("/models", ListAsync).WithSummary("The knowledge bases, as models.");
        group.MapGet("/models/{model}", FindAsync).WithSummary("A knowledge base, as a model.");
        group.MapPost("/chat/completions", CompleteAsync).RequireRateLimiting(ClientLimits.Questions).WithSummary("Answers the last message from the sources of a knowledge base.");
        group.MapPost("/embeddings", EmbeddingsEndpoint.EmbedAsync).RequireRateLimiting(ClientLimits.Questions).WithSummary("Vectors of texts by the embedding model of the index; needs a key.");
    }

    public static string IdOf(string messageId) => $"chatcmpl-{messageId}";

    /// <summary>Nothing was read or written by a model where sentences are quoted.</summary>
    public static CompletionUsage UsageOf(TokenUsage? usage) => usage is null
        ? new CompletionUsage(0, 0, 0)
        : new CompletionUsage(usage.InputTokens, usage.OutputTokens, usage.InputTokens + usage.OutputTokens);

    private static async ValueTask<object?> CheckKeyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var keys = context.HttpContext.RequestServices.GetRequiredService<OpenAiKeys>();
        if (!keys.AreNeeded || keys.Knows(context.HttpContext.Request)) return await next(context);
        return OpenAiErrors.Of(StatusCodes.Status401Unauthorized, "Send one of the keys of OpenAiApi:Keys as Authorization: Bearer KEY.", null, "invalid_api_key");
    }

    private static async Task<IResult> ListAsync(OpenAiKeys keys, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken) =>
        TypedResults.Json(new ModelList("list", [.. (await knowledgeBases.ListAsync(cancellationToken)).Where(it => IsListed(it, keys)).Select(Entry)]), OpenAiJson.Default.ModelList);

    // Without keys anybody may ask: whoever was told the name of a knowledge base can, and nobody is told all of them.
    private static bool IsListed(KnowledgeBase knowledgeBase, OpenAiKeys keys) => keys.AreNeeded || knowledgeBase.Name == KnowledgeBase.DefaultName;

    private static async Task<IResult> FindAsync(string model, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken) =>
        await knowledgeBases.FindAsync(model, cancellationToken) is { } found
            ? TypedResults.Json(Entry(found), OpenAiJson.Default.ModelEntry)
            : OpenAiErrors.Of(AskProblem.UnknownKnowledgeBase);

    private static async Task<IResult> CompleteAsync(HttpRequest http, Answerer answerer, KnowledgeBaseMemory knowledgeBases, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (request, problem) = await OpenAiBody.ReadAsync(http, OpenAiJson.Default.CompletionRequest, cancellationToken);
        if (problem is not null) return problem;
        if (CompletionQuestion.Read(request!.Messages, out var question) is { } wrong) return OpenAiErrors.Invalid("messages", wrong);
        var model = string.IsNullOrWhiteSpace(request.Model) ? KnowledgeBase.DefaultName : request.Model;
        if (await knowledgeBases.FindAsync(model, cancellationToken) is not { } knowledgeBase) return OpenAiErrors.Of(AskProblem.UnknownKnowledgeBase);
        if (!AllowedOrigins.Allows(knowledgeBase, http)) return OpenAiErrors.Of(AskProblem.RefusedOrigin);

        var ask = new AskRequest { Question = question.Text, KnowledgeBase = knowledgeBase.Id, History = question.History };
        if (request.Stream == true)
            return new CompletionStream(answerer.AskAsync(ask, cancellationToken), knowledgeBase.Name, request.StreamOptions?.IncludeUsage == true, clock);
        return await answerer.AskToEndAsync(ask, cancellationToken) switch
        {
            AskResult.Answered(var reply) => TypedResults.Json(Whole(reply, knowledgeBase.Name, clock), OpenAiJson.Default.Completion),
            AskResult.Rejected(var rejected) => OpenAiErrors.Of(rejected),
            var other => throw new System.Diagnostics.UnreachableException($"Unhandled {other}"),
        };
    }

    private static Completion Whole(AskReply reply, string model, TimeProvider clock) => new(
        IdOf(reply.MessageId),
        "chat.completion",
        clock.GetUtcNow().ToUnixTimeSeconds(),
        model,
        [
            new CompletionChoice(0, "stop")
            {
                Message = new AnsweredMessage
                {
                    Role = "assistant", Content = $"{reply.Answer}\n\n{TextOnly.Of(reply.Topics, reply.Language)}".TrimEnd(), Citations = reply.Citations, Refused = reply.Refused, Degraded = reply.Degraded, Notice = reply.Notice,
                    Intent = reply.Intent, Topics = reply.Topics, Choices = reply.Choices,
                },
            },
        ])
    {
        Usage = UsageOf(reply.Usage),
    };

    private static ModelEntry Entry(KnowledgeBase it) => new(it.Name, "model", it.CreatedAt.ToUnixTimeSeconds(), Owner);
}
