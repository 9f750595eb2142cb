using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Routing;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Routing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Routing;

/// <summary>What is done about each intent.</summary>
internal static class IntentEndpoints
{
    private const int MostIntents = 100;

    public static void MapIntents(this RouteGroupBuilder examples)
    {
        examples.MapGet("/intents", ListAsync).WithSummary("All intents of a knowledge base, built in or its own.");
        examples.MapPut("/intents/{name}", SaveAsync).WithSummary("Sets what is said, or the template that is answered by; adds the intent when it is not there.");
        examples.MapDelete("/intents/{name}", DeleteAsync).WithSummary("Takes an intent away with its examples; one that is built in gets its shipped answer back.");
    }

    private static async Task<Results<Ok<ListReply<IntentReply>>, ProblemHttpResult>> ListAsync(
        ExampleBook book, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName)
    {
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        return TypedResults.Ok(ListReply.All(Replies(await book.OfAsync(found.Id, cancellationToken))));
    }

    private static async Task<Results<Ok<IntentReply>, ValidationProblem, ProblemHttpResult>> SaveAsync(
        string name, IntentRequest request, ExampleBook book, IntentStore store, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors, name);
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var known = await book.OfAsync(found.Id, cancellationToken);
        if (known.Names.Count >= MostIntents && !known.Names.Contains(name)) return Problems.Conflict($"A knowledge base has at most {MostIntents} intents.");
        await store.SaveAsync(found.Id, request.ToIntent(name), cancellationToken);
        book.Forget(found.Id);
        return TypedResults.Ok(Replies(await book.OfAsync(found.Id, cancellationToken)).Single(reply => reply.Name == name));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, ExampleBook book, IntentStore store, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName)
    {
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        if (!await store.DeleteAsync(found.Id, name, cancellationToken) && !Intent.BuiltIn.Contains(name)) return Problems.NotFound("intent");
        book.Forget(found.Id);
        return TypedResults.NoContent();
    }

    private static List<IntentReply> Replies(ExampleSet known) =>
    [
        .. known.Names.Select(name => known.Find(name)!).Select(intent => new IntentReply(
            intent.Name, intent.IsBuiltIn, intent.Answers, intent.Template,
            known.Texts.Count(text => text.Intent == intent.Name && !text.IsShipped), known.Texts.Count(text => text.Intent == intent.Name && text.IsShipped))),
    ];
}
