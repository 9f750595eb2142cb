using System.CommandLine;
using Chatbot.Api;
using Chatbot.Api.Faqs;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Ingestion;

namespace Chatbot.Server.Faqs;

/// <summary><c>faq import</c>: takes the entries of a file, and makes them searchable.</summary>
internal static class FaqImportCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private static readonly Argument<string> File = new("file") { Description = "CSV whose first line names the columns, or JSON (.json) as it is exported" };
    private static readonly Option<bool> Replace = new("--replace") { Description = "Delete the entries that the file does not have, if all of it was right" };

    public static Command Create()
    {
        var command = new Command("import", "Take the entries of a file; those that are there, by id or question, are changed") { File, Replace, CommonOptions.KnowledgeBase, CommonOptions.Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(File)!;
        if (new FileInfo(path) is not { Exists: true } file) throw new CommandFailedException($"There is no file {path}.");
        if (file.Length > FaqFiles.Largest) throw new CommandFailedException($"A file has at most {FaqFiles.Largest / 1_000_000} MB.");
        var bytes = await System.IO.File.ReadAllBytesAsync(path, cancellationToken);
        var format = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? FaqFileFormat.Json : FaqFileFormat.Csv;

        await using var host = await CommandHost.StartAsync(parsed, builder =>
        {
            // Vectors are a server's work: words are found at once.
            builder.Configuration["Ingestion:Embed"] = "false";
            builder.AddIngestion();
            builder.AddFaqFiles();
        }, cancellationToken);
        var knowledgeBase = await host.FindKnowledgeBaseAsync(parsed, cancellationToken);
        var (reply, problem) = await host.Get<FaqFiles>().ImportAsync(knowledgeBase, bytes, format, parsed.GetValue(Replace), cancellationToken);
        if (reply is null) throw new CommandFailedException($"{path}: {problem}");
        while (!(await host.Get<IJobQueue>().GetDepthAsync(Queues.Documents, cancellationToken)).IsIdle) await Task.Delay(Look, cancellationToken);

        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(reply);
        }
        else
        {
            foreach (var rejected in reply.Problems) await Console.Error.WriteLineAsync($"Entry {rejected.Entry} ({rejected.Question}): {rejected.Detail}");
            Console.WriteLine($"{reply.Created} new, {reply.Changed} changed, {reply.Unchanged} unchanged, {reply.Deleted} deleted, {reply.Rejected} rejected.");
        }

        return reply.Rejected > 0 ? 1 : 0;
    }
}
