using System.Text;
using Chatbot.Api.Answering;
using Chatbot.Api.Http;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Evaluations.Golden;

internal static class GoldenEndpoints
{
    private const int Most = 500;
    private const int MostDrafts = 500;
    private const int LargestFile = 20_000_000;
    private const string Lines = "application/jsonl";
    private static readonly string[] s_types = [Lines, SentFile.Csv, "application/x-ndjson"];
    private static readonly TimeSpan s_lately = TimeSpan.FromDays(90);

    public static void MapGoldenQuestions(this RouteGroupBuilder evaluations)
    {
        var group = evaluations.MapGroup("/questions");
        group.MapGet("/", ListAsync).WithSummary("Golden questions, in the order of their names.");
        group.MapPost("/", CreateAsync).WithSummary("Adds a golden question.");
        group.MapGet("/{id}", FindAsync).WithSummary("A golden question.");
        group.MapPut("/{id}", UpdateAsync).WithSummary("Changes a golden question.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a golden question.");
        group.MapPost("/accept", AcceptAsync).WithSummary("Drafts become questions that count.");
        group.MapPost("/drafts", DraftAsync).WithSummary("Drafts questions from the sources themselves.");
        group.MapDelete("/drafts", DropDraftsAsync).WithSummary("Deletes all drafts.");
        group.MapPost("/promote", PromoteAsync).WithSummary("Makes a draft of what a visitor asked.");
        group.MapGet("/export", ExportAsync).WithSummary("All golden questions as a file, jsonl or csv.").Produces(StatusCodes.Status200OK, contentType: Lines, additionalContentTypes: SentFile.Csv);
        group.MapPost("/import", ImportAsync).WithSummary("Takes the questions of a file (application/jsonl or text/csv); those that are there are changed.").TakesFile(s_types);
        evaluations.MapGet("/unanswered", UnansweredAsync).WithSummary("What visitors asked and were told that there is no answer, the most frequent first.");
    }

    private static async Task<Results<Ok<ListReply<GoldenQuestion>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        GoldenQuestionStore golden, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken,
        string knowledgeBase = KnowledgeBase.DefaultName, bool? draft = null, string? kind = null, string? text = null, int limit = 50, int offset = 0)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= Most, "limit", $"1 to {Most}.");
        errors.Check(offset >= 0, "offset", "0 or more.");
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var filter = new GoldenFilter(found.Id) { Draft = draft, Kind = string.IsNullOrEmpty(kind) ? null : kind, Text = text, Limit = limit, Offset = offset };
        return TypedResults.Ok(new ListReply<GoldenQuestion>(await golden.ListAsync(filter, cancellationToken), await golden.CountAsync(filter, cancellationToken)));
    }

    private static async Task<Results<Created<GoldenQuestion>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        GoldenRequest request, GoldenEditor editor, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any) return errors.ToProblem();
        var name = string.IsNullOrEmpty(request.KnowledgeBase) ? KnowledgeBase.DefaultName : request.KnowledgeBase;
        if (await knowledgeBases.FindAsync(name, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        return await editor.SaveAsync(found.Id, null, request, GoldenOrigin.Editor, cancellationToken) is { } saved ? TypedResults.Created($"/api/evaluations/questions/{saved.Id}", saved) : Taken();
    }

    private static async Task<Results<Ok<GoldenQuestion>, ProblemHttpResult>> FindAsync(string id, GoldenQuestionStore golden, CancellationToken cancellationToken) =>
        await golden.FindAsync(id, cancellationToken) is { } found ? TypedResults.Ok(found) : Problems.NotFound("golden question");

    private static async Task<Results<Ok<GoldenQuestion>, ValidationProblem, ProblemHttpResult>> UpdateAsync(
        string id, GoldenRequest request, GoldenEditor editor, GoldenQuestionStore golden, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        request.CheckFields(errors);
        if (errors.Any) return errors.ToProblem();
        if (await golden.FindAsync(id, cancellationToken) is not { } known) return Problems.NotFound("golden question");
        return await editor.SaveAsync(known.KnowledgeBaseId, known, request, known.Origin, cancellationToken) is { } saved ? TypedResults.Ok(saved) : Taken();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, GoldenQuestionStore golden, CancellationToken cancellationToken) =>
        await golden.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("golden question");

    private static async Task<Results<Ok<CountReply>, ProblemHttpResult>> AcceptAsync(
        AcceptRequest request, GoldenQuestionStore golden, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken) =>
        await knowledgeBases.FindAsync(string.IsNullOrEmpty(request.KnowledgeBase) ? KnowledgeBase.DefaultName : request.KnowledgeBase, cancellationToken) is { } found
            ? TypedResults.Ok(new CountReply(await golden.AcceptAsync(found.Id, request.Ids, cancellationToken)))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);

    private static async Task<Results<Ok<CountReply>, ValidationProblem, ProblemHttpResult>> DraftAsync(
        GoldenDrafter drafter, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName, int limit = 50)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= MostDrafts, "limit", $"1 to {MostDrafts}.");
        if (errors.Any) return errors.ToProblem();
        return await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is { } found
            ? TypedResults.Ok(new CountReply(await drafter.DraftAsync(found, limit, cancellationToken)))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);
    }

    private static async Task<Results<Ok<CountReply>, ProblemHttpResult>> DropDraftsAsync(
        GoldenQuestionStore golden, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName) =>
        await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is { } found
            ? TypedResults.Ok(new CountReply(await golden.DeleteDraftsAsync(found.Id, cancellationToken)))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);

    private static async Task<Results<Ok<GoldenQuestion>, ValidationProblem, ProblemHttpResult>> PromoteAsync(PromoteRequest request, GoldenEditor editor, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Check(!string.IsNullOrWhiteSpace(request.MessageId), "messageId", "Name the answer by its messageId.");
        if (errors.Any) return errors.ToProblem();
        return await editor.PromoteAsync(request.MessageId!, cancellationToken) is { } question ? TypedResults.Ok(question) : Problems.NotFound("answer");
    }

    private static async Task<Results<Ok<ListReply<AskedQuestion>>, ValidationProblem, ProblemHttpResult>> UnansweredAsync(
        VisitorQuestions asked, KnowledgeBaseStore knowledgeBases, TimeProvider clock, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName, int limit = 50)
    {
        var errors = new FieldErrors();
        errors.Check(limit is >= 1 and <= Most, "limit", $"1 to {Most}.");
        if (errors.Any) return errors.ToProblem();
        return await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is { } found
            ? TypedResults.Ok(ListReply.All(await asked.CountAsync(found.Id, refused: true, clock.GetUtcNow() - s_lately, limit, cancellationToken)))
            : Problems.Of(AskProblem.UnknownKnowledgeBase);
    }

    private static async Task<Results<FileContentHttpResult, ValidationProblem, ProblemHttpResult>> ExportAsync(
        GoldenQuestionStore golden, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName, string format = "jsonl")
    {
        var errors = new FieldErrors();
        errors.Check(format is "jsonl" or "csv", "format", "jsonl or csv.");
        if (errors.Any) return errors.ToProblem();
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var questions = await golden.ListAsync(new GoldenFilter(found.Id) { Limit = int.MaxValue }, cancellationToken);
        return TypedResults.File(
            format == "csv" ? GoldenFile.WriteCsv(questions) : GoldenFile.WriteLines(questions), format == "csv" ? $"{SentFile.Csv}; charset=utf-8" : Lines, $"questions-{found.Name}.{format}");
    }

    private static async Task<Results<Ok<GoldenImportReply>, ValidationProblem, ProblemHttpResult>> ImportAsync(
        HttpRequest request, GoldenEditor editor, KnowledgeBaseStore knowledgeBases, CancellationToken cancellationToken, string knowledgeBase = KnowledgeBase.DefaultName)
    {
        if (await knowledgeBases.FindAsync(knowledgeBase, cancellationToken) is not { } found) return Problems.Of(AskProblem.UnknownKnowledgeBase);
        var (sent, problem) = await SentFile.ReadAsync(request, "a file of questions", LargestFile, s_types, cancellationToken);
        if (problem is not null) return problem;
        var errors = new FieldErrors();
        try
        {
            var text = Encoding.UTF8.GetString(sent!.Bytes.Span);
            var questions = sent.Type == SentFile.Csv ? GoldenFile.ReadCsv(text) : GoldenFile.ReadLines(text);
            errors.Check(questions.Count is > 0 and <= EvaluationRequests.MostQuestions, "file", $"1 to {EvaluationRequests.MostQuestions} questions.");
            if (!errors.Any) return TypedResults.Ok(await editor.ImportAsync(found.Id, questions, cancellationToken));
        }
        catch (FormatException error)
        {
            errors.Add("file", error.Message);
        }

        return errors.ToProblem();
    }

    private static ProblemHttpResult Taken() => Problems.Conflict("Another golden question of the knowledge base has this name or these words.");
}

/// <summary>Which drafts are accepted.</summary>
/// <param name="KnowledgeBase">Name or id; null is the default one.</param>
/// <param name="Ids">Null: all.</param>
public sealed record AcceptRequest(string? KnowledgeBase, IReadOnlyList<string>? Ids);

/// <summary>The answer whose question is to become a golden one.</summary>
public sealed record PromoteRequest(string? MessageId);

/// <summary>How many it was about.</summary>
public sealed record CountReply(int Count);
