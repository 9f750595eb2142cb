using System.CommandLine;
using System.Text.Json;
using Chatbot.Api;
using Chatbot.Api.Answering;
using Chatbot.Api.Retrieval;
using Chatbot.Backends;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.Benchmarks.Sites;

/// <summary><c>sites</c>: asks the questions of a set about a site that was crawled, and counts what was found and cited.</summary>
internal static class SitesCommand
{
    private const int Top = 30;

    private static readonly Option<FileInfo> Questions = new("--questions") { Description = "Questions with expected pages and phrases, JSON a line", Required = true };
    private static readonly Option<string> Data = new("--data") { Description = "Data directory into which the site was crawled", Required = true };
    private static readonly Option<string> Root = new("--root") { Description = "URL of the site's root, as it was crawled", Required = true };
    private static readonly Option<bool> Misses = new("--misses") { Description = "List each question that went wrong, and how" };

    public static Command Create()
    {
        var command = new Command("sites", "Retrieval and answers over a crawled site") { Questions, Data, Root, Misses };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Data:Directory"] = Path.GetFullPath(parsed.GetValue(Data)!);
        builder.AddBackends();
        builder.AddAnswering();
        using var host = builder.Build();
        await host.Services.InitializeBackendsAsync(cancellationToken);
        var services = host.Services;
        var knowledgeBase = (await services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, cancellationToken))!;
        var questions = File.ReadLines(parsed.GetValue(Questions)!.FullName)
            .Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize(line, SitesJson.Default.SiteQuestion)!)
            .ToList();

        var (retriever, answerer, root) = (services.GetRequiredService<Retriever>(), services.GetRequiredService<Answerer>(), parsed.GetValue(Root)!);
        var results = new List<SiteResult>();
        foreach (var question in questions)
        {
            var found = await retriever.SearchAsync(knowledgeBase.Id, question.Question, Top, cancellationToken);
            var reply = await answerer.AskToEndAsync(new AskRequest { Question = question.Question, Stream = false }, cancellationToken);
            results.Add(SiteResult.Of(question, found, (reply as AskResult.Answered)?.Reply, root));
        }

        SiteReport.Print(results, parsed.GetValue(Misses));
        return 0;
    }
}
