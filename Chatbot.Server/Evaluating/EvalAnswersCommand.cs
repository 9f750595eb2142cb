using System.CommandLine;
using System.Globalization;
using Chatbot.Api;
using Chatbot.Api.Evaluations;
using Chatbot.Api.Evaluations.Golden;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Sites;

namespace Chatbot.Server.Evaluating;

/// <summary><c>chatbot eval answers</c>: asks the questions of a file and says how retrieval and answers did.</summary>
internal static class EvalAnswersCommand
{
    private static readonly Option<FileInfo> Questions = new("--questions") { Description = "Golden questions: {\"id\",\"question\",\"expected_pages\",\"expected_phrases\",\"kind\"} a line", Required = true };
    private static readonly Option<string?> Root = new("--root") { Description = "URL that expected pages are below (default: the folders of the sites' start URLs)" };
    private static readonly Option<bool> Misses = new("--misses") { Description = "List each question that went wrong, and why" };

    public static Command Create()
    {
        var command = new Command("answers", "Ask golden questions and score what is found, cited, answered and refused") { Questions, Root, CommonOptions.KnowledgeBase, Misses, CommonOptions.Json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Root) is { } root && !(Uri.TryCreate(root, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")) result.AddError("--root is no web address.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(Questions)!;
        IReadOnlyList<GoldenQuestion> questions;
        try
        {
            questions = [.. GoldenFile.ReadLines(await File.ReadAllTextAsync(file.FullName, cancellationToken)).Select(line => line.ToQuestion(""))];
        }
        catch (FormatException error)
        {
            throw new CommandFailedException($"{file.FullName}: {error.Message}");
        }

        await using var host = await CommandHost.StartAsync(parsed, builder => builder.AddAnswering(), cancellationToken);
        var knowledgeBase = await host.FindKnowledgeBaseAsync(parsed, cancellationToken);
        var pages = parsed.GetValue(Root) is { } root
            ? new PageMatcher([root.EndsWith('/') ? root : root + "/"])
            : await PageMatcher.OfAsync(host.Get<SiteStore>(), knowledgeBase.Id, cancellationToken);
        var (evaluator, json, misses) = (host.Get<QuestionEvaluator>(), parsed.GetValue(CommonOptions.Json), parsed.GetValue(Misses));
        var outcomes = new List<QuestionOutcome>();
        foreach (var question in questions)
        {
            var outcome = await evaluator.AskAsync(knowledgeBase, question, pages, cancellationToken);
            outcomes.Add(outcome);
            if (json) Output.WriteJson(new EvalAnswerLine(question.Name, question.Question, question.Kind, outcome));
            else if (misses && outcome.Miss is { } miss) Console.WriteLine($"{question.Name}  {miss}  {question.Question}\n    {outcome.Detail}{string.Concat(outcome.OutrankedBy.Select(other => $"\n    {other}"))}");
        }

        if (json) Output.WriteJson(EvaluationMetrics.Of(outcomes));
        else Print(EvaluationMetrics.Of(outcomes));
        return 0;
    }

    private static void Print(EvaluationMetrics it)
    {
        Console.WriteLine($"{it.Questions} questions, {it.Unanswerable} of them without an answer");
        Line("hit@1", it.HitAt1);
        Line("hit@3", it.HitAt3);
        Line("hit@5", it.HitAt5);
        Line("hit@10", it.HitAt10);
        Line("MRR", it.Mrr);
        Line("precision@5", it.PrecisionAt5);
        Line("answer-phrase@5", it.PhraseAt5);
        Line("answers that cite an expected page", it.Cites);
        Line("answers that hold an expected phrase", it.AnswerPhrase);
        Line("unanswerable questions refused", it.RefusedRightly);
        Line("answerable questions refused", it.RefusedWrongly);
        Line("refused or answered rightly", it.RefusalsRight);
        Line("score", it.Score);
        Line("mean time, ms", it.MeanMs);
    }

    private static void Line(string name, double? value)
    {
        if (value is { } number) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40}{number,8:0.###}"));
    }
}

/// <summary>How a question went, as <c>eval answers --json</c> prints it.</summary>
internal sealed record EvalAnswerLine(string Id, string Question, string Kind, QuestionOutcome Outcome);
