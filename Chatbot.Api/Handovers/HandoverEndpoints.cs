using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Http;
using Chatbot.Api.RateLimits;
using Chatbot.Api.Widgets;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.Handovers;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core;
using Chatbot.Core.Handovers;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Handovers;

internal static class HandoverEndpoints
{
    private const long LargestBody = 64 * 1024;
    private const int MostOfConversation = 3;
    private const int MostAtOnce = 500;

    public static void MapHandoverRequests(this IEndpointRouteBuilder app) => app.MapGroup("/api").WithTags("Chat").AllowAnonymous().RequireCors(AllowedOrigins.Policy)
        .MapPost("/handovers", RequestAsync)
        .RequireRateLimiting(ClientLimits.Questions)
        .WithMetadata(new RequestSize(LargestBody))
        .WithSummary("Passes a conversation on to a person, when the visitor agrees.");

    public static void MapHandovers(this RouteGroupBuilder admin)
    {
        var group = admin.MapGroup("/handovers").WithTags("Hand-overs");
        group.MapGet("/", ListAsync).WithSummary("Visitors who want a person, the newest first.");
        group.MapGet("/{id}", FindAsync).WithSummary("A hand-over.");
        group.MapPost("/{id}/done", (string id, HandoverStore store, CancellationToken token) => SetAsync(id, HandoverState.Done, store, token)).WithSummary("Marks it as taken care of.");
        group.MapPost("/{id}/reopen", (string id, HandoverStore store, CancellationToken token) => SetAsync(id, HandoverState.Open, store, token)).WithSummary("Marks it as not taken care of.");
        group.MapPost("/{id}/send", SendAsync).WithSummary("Tells those again who were not told.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes it, with how to reach the visitor.");
        admin.MapGet("/knowledge-bases/{id}/handover", FindTargetAsync).WithTags("Hand-overs").WithSummary("Who is told of hand-overs; never the secret.");
        admin.MapPut("/knowledge-bases/{id}/handover", SaveTargetAsync).WithTags("Hand-overs").WithSummary("Sets who is told.");
    }

    private static async Task<Results<Created<HandoverAccepted>, ValidationProblem, ProblemHttpResult>> RequestAsync(
        HandoverRequest request, HttpContext context, HandoverStore store, HandoverTargetStore targets, ConversationStore conversations, KnowledgeBaseStore knowledgeBases,
        IJobQueue queue, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any) return errors.ToProblem();
        if (await conversations.GetAsync(request.ConversationId!, cancellationToken) is not { Conversation: var conversation }
            || await knowledgeBases.FindAsync(conversation.KnowledgeBaseId, cancellationToken) is not { } knowledgeBase)
            return Problems.Of(AskProblem.UnknownConversation);
        if (!AllowedOrigins.Allows(knowledgeBase, context.Request)) return Problems.Of(AskProblem.RefusedOrigin);
        var isTold = await targets.IsSetAsync(knowledgeBase.Id, cancellationToken);
        var handover = new Handover
        {
            Id = Ids.New(),
            KnowledgeBaseId = knowledgeBase.Id,
            ConversationId = conversation.Id,
            Name = HandoverRequest.Clean(request.Name),
            Reach = HandoverRequest.Clean(request.Reach)!,
            Note = HandoverRequest.Clean(request.Note),
            Language = Languages.FirstKnown([request.Language, .. knowledgeBase.Settings.Languages]),
            State = isTold ? HandoverState.Waiting : HandoverState.Open,
            CreatedAt = clock.GetUtcNow(),
        };
        if (!await store.AddAsync(handover, MostOfConversation, cancellationToken)) return Problems.Conflict("This conversation has been passed on already; somebody will get in touch.");
        if (isTold) await queue.PublishAsync([new HandoverRequested(handover.Id).ToJob()], cancellationToken);
        return TypedResults.Created((string?)null, new HandoverAccepted(handover.Id));
    }

    private static async Task<Results<Ok<ListReply<HandoverReply>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        HandoverStore store, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string? knowledgeBase = null, string? state = null, int limit = 50, int offset = 0)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= MostAtOnce, "limit", $"1 to {MostAtOnce}.");
        errors.Check(offset >= 0, "offset", "0 or more.");
        HandoverState? wanted = Enum.TryParse<HandoverState>(state, ignoreCase: true, out var parsed) && !int.TryParse(state, out _) ? parsed : null;
        errors.Check(string.IsNullOrEmpty(state) || wanted is not null, "state", "waiting, open, failed or done.");
        if (errors.Any) return errors.ToProblem();
        var id = string.IsNullOrEmpty(knowledgeBase) ? null : (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken))?.Id;
        if (id is null && !string.IsNullOrEmpty(knowledgeBase)) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var found = await store.ListAsync(id, wanted, limit, offset, cancellationToken);
        return TypedResults.Ok(new ListReply<HandoverReply>([.. found.Select(HandoverReply.From)], await store.CountAsync(id, wanted, cancellationToken)));
    }

    private static async Task<Results<Ok<HandoverReply>, ProblemHttpResult>> FindAsync(string id, HandoverStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(HandoverReply.From(found)) : NotFound();

    private static async Task<Results<Ok<HandoverReply>, ProblemHttpResult>> SetAsync(string id, HandoverState state, HandoverStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } known) return NotFound();
        var changed = known with { State = state };
        return await store.UpdateAsync(changed, cancellationToken) ? TypedResults.Ok(HandoverReply.From(changed)) : NotFound();
    }

    private static async Task<Results<Accepted<HandoverReply>, ProblemHttpResult>> SendAsync(string id, HandoverStore store, IJobQueue queue, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } known) return NotFound();
        if (known.State == HandoverState.Waiting) return Problems.Conflict("It is being sent.");
        var changed = known with { State = HandoverState.Waiting };
        await store.UpdateAsync(changed, cancellationToken);
        await queue.PublishAsync([new HandoverRequested(id).ToJob()], cancellationToken);
        return TypedResults.Accepted($"/api/handovers/{id}", HandoverReply.From(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, HandoverStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : NotFound();

    private static async Task<Results<Ok<HandoverTargetReply>, ProblemHttpResult>> FindTargetAsync(
        string id, HandoverTargetStore targets, HandoverMail mail, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken) =>
        await knowledgeBases.FindAsync(id, cancellationToken) is { } knowledgeBase
            ? TypedResults.Ok(Reply(await targets.FindAsync(knowledgeBase.Id, cancellationToken), mail))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);

    private static async Task<Results<Ok<HandoverTargetReply>, ValidationProblem, ProblemHttpResult>> SaveTargetAsync(
        string id, HandoverTargetRequest request, HandoverTargetStore targets, HandoverMail mail, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        errors.Check(string.IsNullOrWhiteSpace(request.Email) || mail.IsPossible, "email", "No mail server is configured (Smtp:Host, Smtp:From).");
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(id, cancellationToken) is not { } knowledgeBase) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var target = request.ToTarget(await targets.FindAsync(knowledgeBase.Id, cancellationToken));
        await targets.SaveAsync(knowledgeBase.Id, target, cancellationToken);
        return TypedResults.Ok(Reply(target, mail));
    }

    private static HandoverTargetReply Reply(HandoverTarget target, HandoverMail mail) => new(target.Email, target.WebhookUrl, target.Secret is not null, mail.IsPossible);

    private static ProblemHttpResult NotFound() => Problems.NotFound("hand-over");
}
