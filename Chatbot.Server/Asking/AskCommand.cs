using System.CommandLine;
using Chatbot.Api;
using Chatbot.Api.Answering;

namespace Chatbot.Server.Asking;

/// <summary><c>chatbot ask "…"</c>: an answer with its citations.</summary>
internal static class AskCommand
{
    private static readonly Argument<string?> Question = new("question") { Description = "What to answer; read from standard input, one a line, when not given", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Model = new("--model") { Description = "Which of the configured language models to ask first" };

    public static Command Create()
    {
        var command = new Command("ask", "Answer a question from what was crawled") { Question, CommonOptions.KnowledgeBase, Model, CommonOptions.Json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Question) is { } question && string.IsNullOrWhiteSpace(question)) result.AddError("The question is empty.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var host = await CommandHost.StartAsync(parsed, builder => builder.AddAnswering(), cancellationToken);
        var knowledgeBase = await host.FindKnowledgeBaseAsync(parsed, cancellationToken);
        var answerer = host.Get<Answerer>();
        var json = parsed.GetValue(CommonOptions.Json);
        var failed = false;
        await foreach (var (question, fromInput) in Output.QuestionsAsync(parsed.GetValue(Question), cancellationToken))
        {
            var result = await answerer.AskToEndAsync(new AskRequest { Question = question, KnowledgeBase = knowledgeBase.Name, Stream = false, Options = new AskOptions { Model = parsed.GetValue(Model) } }, cancellationToken);
            if (result is AskResult.Rejected(var problem))
            {
                // The others in the input are still answered.
                await Console.Error.WriteLineAsync($"{problem.Title}. {problem.Detail}");
                failed = true;
                continue;
            }

            var reply = ((AskResult.Answered)result).Reply;
            if (json) Output.WriteJson(ToLine(reply, fromInput ? question : null));
            else Print(reply, fromInput ? question : null);
        }

        return failed ? 1 : 0;
    }

    private static AskLine ToLine(AskReply reply, string? question) => new(
        reply.Answer, [.. reply.Citations.Select(c => new AskCitation(c.Number, c.Url, c.Title, c.Text) { Links = c.Links })], reply.Refused, reply.Degraded, reply.ConversationId, reply.Ms)
    {
        Question = question, Topics = reply.Topics, Choices = reply.Choices,
    };

    private static void Print(AskReply reply, string? question)
    {
        if (question is not null) Console.WriteLine($"# {question}");
        Console.WriteLine(reply.Answer);
        foreach (var citation in reply.Citations) Console.WriteLine($"[{citation.Number}] {citation.Title}\n    {citation.Url}");
        // What is meant can be asked as it stands.
        foreach (var choice in reply.Choices ?? []) Console.WriteLine($"> {choice.Question}");
        if (TextOnly.Of(reply.Topics, reply.Language) is { Length: > 0 } topics) Console.WriteLine(topics);
        if (reply.Notice is { } notice) Console.WriteLine($"({notice})");
        Console.WriteLine();
    }
}
