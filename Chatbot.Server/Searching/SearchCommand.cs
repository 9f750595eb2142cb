using System.CommandLine;
using Chatbot.Api;
using Chatbot.Api.Answering;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Retrieval.Explaining;
using Chatbot.Backends.Sites;
using Chatbot.Core.Chunks;

namespace Chatbot.Server.Searching;

/// <summary><c>chatbot search "…"</c>: the passages that answering would start from.</summary>
internal static class SearchCommand
{
    private static readonly Argument<string?> Question = new("question") { Description = "What to look for; read from standard input, one a line, when not given", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> Top = new("--top") { Description = "Passages to print, 1 to 50", DefaultValueFactory = _ => 10 };

    private static readonly Option<bool> Explain = new("--explain") { Description = "Show the parts of each score, the question's words as they were looked up, and where the time went" };
    private static readonly Option<string?> Expect = new("--expect") { Description = "URL of a page that should be found: says where it is, or why it is not there" };

    private static readonly Option<string?> Site = new("--site") { Description = "Find only pages of this site: its name, its id, or one of its start URLs" };
    private static readonly Option<string?> Type = new("--type") { Description = "Find only files of this kind: pdf, html, docx, …, or faq" };
    private static readonly Option<string?> UrlPrefix = new("--url-prefix") { Description = "Find only pages whose URL begins like this" };
    private static readonly Option<string?> Language = new("--language") { Description = "Find only passages in this language (two-letter code)" };
    private static readonly Option<DateTimeOffset?> ChangedSince = new("--changed-since") { Description = "Find only documents that changed at this time or later (2026-01-31, or with a time)" };

    public static Command Create()
    {
        var command = new Command("search", "Find passages") { Question, Top, Explain, Expect, Site, Type, UrlPrefix, Language, ChangedSince, CommonOptions.KnowledgeBase, CommonOptions.Json };
        command.Validators.Add(result =>
        {
            // Validators run before defaults are filled in: an option that was not given reads as 0 here.
            if (result.GetResult(Top) is { Implicit: false } && result.GetValue(Top) is < 1 or > 50) result.AddError("--top is a number from 1 to 50.");
            if (result.GetValue(Expect) is { } expect && !Uri.TryCreate(expect, UriKind.Absolute, out _)) result.AddError($"--expect {expect}: that is no absolute URL.");
            if (result.GetValue(Type) is { } type && SourceKinds.TypesOf(type).Count == 0) result.AddError($"--type {type}: {SourceKinds.Hint}");
            if (result.GetValue(Language) is { } language && (language.Length != 2 || !language.All(char.IsAsciiLetter))) result.AddError($"--language {language}: a two-letter code is wanted.");
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
        var filter = new ChunkFilter
        {
            SiteId = parsed.GetValue(Site) is { } site ? await FindSiteAsync(host, knowledgeBase.Id, site, cancellationToken) : null,
            ContentTypes = parsed.GetValue(Type) is { } type ? SourceKinds.TypesOf(type) : [],
            UrlPrefix = parsed.GetValue(UrlPrefix),
            Language = parsed.GetValue(Language),
            ChangedSince = parsed.GetValue(ChangedSince),
        };
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

            var result = await retriever.SearchAsync(knowledgeBase, question, parsed.GetValue(Top), filter, cancellationToken);
            if (result.IsUnavailable)
            {
                await Console.Error.WriteLineAsync("The index could not be read, see the message above. Crawling the site into an empty data directory makes a new one.");
                failed = true;
                continue;
            }

            var explanation = parsed.GetValue(Explain) || parsed.GetValue(Expect) is not null
                ? await host.Get<SearchExplainer>().ExplainAsync(knowledgeBase.Id, result, parsed.GetValue(Expect), cancellationToken)
                : null;
            if (!json && fromInput) Console.WriteLine($"# {question}");
            foreach (var passage in result.Passages)
            {
                var c = passage.Chunk;
                if (json) Output.WriteJson(new SearchLine(passage.Rank, passage.Score, c.Url, c.Title, c.HeadingPath, passage.Text, c.DocumentId, c.Id) 
                {
                    Question = fromInput ? question : null,
                    Explanation = parsed.GetValue(Explain) ? explanation?.Passages[passage.Rank - 1] : null,
                });
                else Console.WriteLine($"{passage.Rank,2}. {passage.Score:0.000}  {string.Join(" › ", [c.Title ?? c.Url, .. c.HeadingPath])}\n    {c.Url}\n    {Start(c.Text)}\n");
            }

            if (explanation is not null && json) Output.WriteJson(explanation with { Passages = [] });
            else if (explanation is not null) ExplanationText.Write(explanation, Console.Out, withPassages: parsed.GetValue(Explain));
            if (result.Passages.Count == 0 && !json) Console.WriteLine("Nothing was found.");
        }

        return failed ? 1 : 0;
    }

    private static async Task<string> FindSiteAsync(CommandHost host, string knowledgeBaseId, string wanted, CancellationToken cancellationToken)
    {
        var sites = await host.Get<SiteStore>().ListAsync(knowledgeBaseId, cancellationToken);
        var found = sites.FirstOrDefault(site => site.Id == wanted || site.Scope.StartUrls.Contains(wanted))
            ?? sites.FirstOrDefault(site => string.Equals(site.Name, wanted, StringComparison.OrdinalIgnoreCase));
        return found?.Id ?? throw new CommandFailedException(sites.Count == 0
            ? $"There is no site '{wanted}': the knowledge base has none."
            : $"There is no site '{wanted}'. Those of the knowledge base: {string.Join(", ", sites.Select(site => site.Name))}.");
    }

    private static string Start(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 200 ? line : line[..200] + "…";
    }
}
