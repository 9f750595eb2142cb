using System.CommandLine;
using Chatbot.Api;
using Chatbot.Api.Answering;
using Chatbot.Api.Retrieval;

namespace Chatbot.Server.Searching;

/// <summary><c>chatbot search "…"</c>: the passages that answering would start from.</summary>
internal static class SearchCommand
{
    private static readonly Argument<string?> Question = new("question") { Description = "What to look for; read from standard input, one a line, when not given", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> Top = new("--top") { Description = "Passages to print, 1 to 50", DefaultValueFactory = _ => 10 };

    public static Command Create()
    {
        var command = new Command("search", "Find passages") { Question, Top, CommonOptions.KnowledgeBase, CommonOptions.Json };
        command.Validators.Add(result =>
        {
            // Validators run before defaults are filled in: an option that was not given reads as 0 here.
            if (result.GetResult(Top) is { Implicit: false } && result.GetValue(Top) is < 1 or > 50) result.AddError("--top is a number from 1 to 50.");
            if (result.GetValue(Question) is { } question && string.IsNullOrWhiteSpace(question)) result.AddError("The question is empty.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var host = await CommandHost.StartAsync(parsed, builder => builder.AddAnswering(), cancellationToken);
        var knowledgeBase = await host.FindKnowledgeBaseAsync(parsed, cancellationToken);
        var retriever = host.Get<Retriever>();
        var json = parsed.GetValue(CommonOptions.Json);
        var failed = false;
        await foreach (var (question, fromInput) in Output.QuestionsAsync(parsed.GetValue(Question), cancellationToken))
        {
            // The others in the input are still looked for.
            if (question.Length > QuestionGuard.LongestQuestion)
            {
                await Console.Error.WriteLineAsync($"{AskProblem.TooLong.Title}. {AskProblem.TooLong.Detail}");
                failed = true;
                continue;
            }

            var result = await retriever.SearchAsync(knowledgeBase.Id, question, parsed.GetValue(Top), cancellationToken);
            if (result.IsUnavailable)
            {
                await Console.Error.WriteLineAsync("The index could not be read, see the message above. Crawling the site into an empty data directory makes a new one.");
                failed = true;
                continue;
            }

            if (!json && fromInput) Console.WriteLine($"# {question}");
            foreach (var passage in result.Passages)
            {
                var c = passage.Chunk;
                if (json) Output.WriteJson(new SearchLine(passage.Rank, passage.Score, c.Url, c.Title, c.HeadingPath, c.Text, c.DocumentId, c.Id) { Question = fromInput ? question : null });
                else Console.WriteLine($"{passage.Rank,2}. {passage.Score:0.000}  {string.Join(" › ", [c.Title ?? c.Url, .. c.HeadingPath])}\n    {c.Url}\n    {Start(c.Text)}\n");
            }

            if (result.Passages.Count == 0 && !json) Console.WriteLine("Nothing was found.");
        }

        return failed ? 1 : 0;
    }

    private static string Start(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 200 ? line : line[..200] + "…";
    }
}
