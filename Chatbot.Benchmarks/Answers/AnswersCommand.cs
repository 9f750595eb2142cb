using System.CommandLine;
using System.Text.Json;
using Chatbot.Benchmarks.Search;
using Chatbot.Benchmarks.Sites;

namespace Chatbot.Benchmarks.Answers;

/// <summary><c>answers</c>: how fast a server answers, on the cores that its visitors and its model share with it here.</summary>
internal static class AnswersCommand
{
    private static readonly Option<string> Data = new("--data") { Description = "Data directory into which a site was crawled", Required = true };
    private static readonly Option<FileInfo> Questions = new("--questions") { Description = "Questions about the site, JSON a line", Required = true };
    private static readonly Option<string?> Part = new("--part") { Description = "Only this: cached, first-word or streams" };
    private static readonly Option<int?> Seconds = new("--seconds") { Description = "How long cached answers are asked for, 1 to 120 (default: 10)" };
    private static readonly Option<int?> Streams = new("--streams") { Description = "Streams that are open at once, 1 to 5,000 (default: 1,000)" };

    public static Command Create()
    {
        Part.AcceptOnlyFromAmong("cached", "first-word", "streams");
        var command = new Command("answers", "Answers: cached ones a second, time before the first word, many streams at once") { Data, Questions, Part, Seconds, Streams };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Seconds) is < 1 or > 120) result.AddError("--seconds is a number from 1 to 120.");
            if (result.GetValue(Streams) is < 1 or > 5_000) result.AddError("--streams is a number from 1 to 5,000.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var questions = File.ReadLines(parsed.GetValue(Questions)!.FullName)
            .Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize(line, SitesJson.Default.SiteQuestion)!)
            .Where(question => question.HasAnswer)
            .Select(question => question.Question)
            .ToList();
        var (report, part, data) = (new Report(Console.Out), parsed.GetValue(Part), Path.GetFullPath(parsed.GetValue(Data)!));
        if (part is null or "cached")
        {
            await using var server = await AnswerServer.StartAsync(data, new Dictionary<string, string>(), cancellationToken);
            await CachedLoad.RunAsync(server, questions, TimeSpan.FromSeconds(parsed.GetValue(Seconds) ?? 10), report, cancellationToken);
        }

        if (part is null or "first-word")
        {
            await using var model = await ScriptedProvider.StartAsync(TimeSpan.Zero, words: 20, cancellationToken);
            await using var server = await AnswerServer.StartAsync(data, model.Settings, cancellationToken);
            await FirstWords.RunAsync(server, questions, report, cancellationToken);
        }

        if (part is null or "streams")
        {
            await using var model = await ScriptedProvider.StartAsync(TimeSpan.FromMilliseconds(500), words: 60, cancellationToken);
            await using var server = await AnswerServer.StartAsync(data, model.Settings, cancellationToken);
            await ManyStreams.RunAsync(server, model, questions, parsed.GetValue(Streams) ?? 1_000, report, cancellationToken);
        }

        await report.PrintAsync();
        return 0;
    }
}
