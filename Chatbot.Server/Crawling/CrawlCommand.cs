using System.CommandLine;
using System.Diagnostics;
using Chatbot.Api.Sites;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.Sites;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Crawling;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Sites;
using Chatbot.Crawler;
using Chatbot.Ingestion;

namespace Chatbot.Server.Crawling;

/// <summary><c>chatbot crawl URL</c>: crawls and ingests a site in this process, until both are through.</summary>
internal static class CrawlCommand
{
    private static readonly Argument<string> Url = new("url") { Description = "Where to start: an absolute http or https URL" };
    private static readonly Option<int?> MaxPages = new("--max-pages") { Description = "Pages to fetch at most" };
    private static readonly Option<int?> MaxMegabytes = new("--max-megabytes") { Description = "Megabytes to fetch at most" };
    private static readonly Option<int?> Depth = new("--depth") { Description = "Links to follow from the start at most" };
    private static readonly Option<string[]> Include = new("--include") { Description = "Take only URLs like this (glob, or /regular expression/); may be repeated" };
    private static readonly Option<string[]> Exclude = new("--exclude") { Description = "Leave out URLs like this; may be repeated" };
    private static readonly Option<bool> Subdomains = new("--subdomains") { Description = "Subdomains of its host belong to the site" };
    private static readonly Option<string[]> HostOption = new("--host") { Description = "A further host that belongs to the site (docs.example.org, or *.example.org); may be repeated" };
    private static readonly Option<string[]> FileType = new("--file-type") { Description = "Read only files of this kind: html, pdf, office or text; may be repeated" };
    private static readonly Option<string[]> DropParameter = new("--drop-parameter") { Description = "A query parameter that makes no page (glob; * for all others); may be repeated" };
    private static readonly Option<string[]> KeepParameter = new("--keep-parameter") { Description = "A query parameter that does make a page (glob); may be repeated" };
    private static readonly Option<RenderMode?> Render = new("--render") { Description = "Read pages as a browser shows them: never, auto (where they need it; the default) or always", CustomParser = ParseRenderMode };
    private static readonly Option<string[]> OcrLanguage = new("--ocr-language") { Description = "A language of its scans and pictures, such as de; may be repeated, the most frequent first" };
    private static readonly Option<bool> ReadImages = new("--read-images") { Description = "Read the text in pictures on pages, too" };
    private static readonly Option<bool> AllowPrivate = new("--allow-private") { Description = "Permit loopback and private addresses" };
    private static readonly Option<bool> WaitVectors = new("--wait-vectors") { Description = "Wait until everything is found by meaning, too; a running server does that in the background" };
    private static readonly Option<FileInfo?> Report = new("--report") { Description = "Write what became of each URL to this file (.csv or .json)" };

    private static readonly Option<FileInfo?> BrokenLinks = new("--broken-links") { Description = "Write the links that lead nowhere, with the pages that have them, to this file (.csv or .json)" };
    private static readonly Option<bool> Incremental = new("--incremental") { Description = "Look only at the start, what it links to, what sitemaps say has changed, and what is new" };
    private static readonly Option<string?> Explain = new("--explain") { Description = "Crawl nothing; say whether this URL belongs to the site, and by which rule" };
    private static readonly Option<FileInfo?> Access = new("--access") { Description = "What opens a site that is not open to everyone: a JSON file as the API takes it, - for standard input; kept with the site, encrypted" };
    private static readonly Option<bool> TestAccess = new("--test-access") { Description = "Crawl nothing; sign in where that is set, open the start page, and say what came back" };
    private static readonly Option<bool> Preview = new("--preview") { Description = "Keep nothing; look at up to 200 pages for up to 30 s, and say what would be taken" };

    public static Command Create()
    {
        var command = new Command("crawl", "Crawl a website and make it searchable") { Url, CommonOptions.KnowledgeBase, MaxPages, MaxMegabytes, Depth, Include, Exclude, Subdomains, HostOption, FileType, DropParameter, KeepParameter, Render, OcrLanguage, ReadImages, AllowPrivate, WaitVectors, Report, BrokenLinks, Incremental, Access, TestAccess, Explain, Preview, CommonOptions.Json };
        command.Validators.Add(result =>
        {
            // That it is missing says the parser.
            if (result.GetValue(Url) is not { } url) return;
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")) result.AddError($"'{url}' is no absolute http or https URL, such as https://www.example.org/.");
            if (result.GetValue(MaxPages) is < 1 or > 10_000_000) result.AddError("--max-pages is a number from 1 to 10000000.");
            if (result.GetValue(MaxMegabytes) is < 1 or > 10_000_000) result.AddError("--max-megabytes is a number from 1 to 10000000.");
            foreach (var type in result.GetValue(FileType) ?? [])
                if (!SiteFileTypes.All.Contains(type)) result.AddError($"--file-type is {string.Join(", ", SiteFileTypes.All.SkipLast(1))} or {SiteFileTypes.All[^1]}; '{type}' is none.");
            foreach (var host in result.GetValue(HostOption) ?? [])
                if (!SiteRequest.IsHost(host)) result.AddError($"--host is a name such as docs.example.org, or *.example.org; '{host}' is none.");
            foreach (var language in result.GetValue(OcrLanguage) ?? [])
                if (language.Length != 2 || !language.All(char.IsAsciiLetterLower)) result.AddError($"--ocr-language is a code of two letters, such as de; '{language}' is none.");
            if (result.GetValue(Depth) is < 0 or > 1000) result.AddError("--depth is a number from 0 to 1000.");
            if (result.GetValue(Access) is { Name: not "-", Exists: false } missing) result.AddError($"--access {missing.FullName}: there is no such file.");
            foreach (var option in new[] { Report, BrokenLinks })
            {
                if (result.GetValue(option) is not { } file) continue;
                if (file.Extension is not (".csv" or ".json")) result.AddError($"{option.Name} {file.Name}: the name ends in .csv or .json.");
                // Said before the crawl, not after it.
                if (file is { Directory.Exists: false }) result.AddError($"{option.Name} {file.FullName}: there is no directory {file.DirectoryName}.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Explain) is not null || parsed.GetValue(Preview) || parsed.GetValue(TestAccess)) return await PreviewAsync(parsed, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await using var host = await CommandHost.StartAsync(parsed, builder =>
        {
            builder.Configuration["Ingestion:Embed"] = parsed.GetValue(WaitVectors) ? "true" : "false";
            builder.Configuration["Ingestion:EmbedDelay"] = TimeSpan.Zero.ToString();
            builder.AddCrawler();
            builder.AddIngestion();
        }, cancellationToken);
        var knowledgeBase = await host.FindKnowledgeBaseAsync(parsed, cancellationToken);
        var (site, isKnown) = await MakeSiteAsync(host, parsed, knowledgeBase, cancellationToken);
        var access = await ReadAccessAsync(host, parsed, site, cancellationToken);
        if (isKnown) await host.Get<SiteStore>().UpdateAsync(site, cancellationToken);
        else await host.Get<SiteStore>().CreateAsync(site, cancellationToken);
        // Who asks for a crawl wants it: that the site was held back is over.
        if (site.IsPaused) await host.Get<ScheduleStore>().SetPausedAsync(site.Id, false, cancellationToken);
        if (access is not null) await SaveAccessAsync(host, site, access, cancellationToken);
        var (run, alreadyRunning) = await host.Get<CrawlRequests>().RequestAsync(site.Id, parsed.GetValue(Incremental) ? CrawlMode.Incremental : CrawlMode.Full, cancellationToken);
        if (alreadyRunning) await Console.Error.WriteLineAsync("Going on with a run of this site that was not finished.");

        try
        {
            run = await CrawlProgress.WaitAsync(host, run, started, cancellationToken);
            if (parsed.GetValue(WaitVectors)) await VectorProgress.WaitAsync(host, knowledgeBase.Id, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. The same command goes on where it was.");
            throw;
        }

        if (parsed.GetValue(Report) is { } file) await WriteAsync(file, (stream, format) => host.Get<CrawlReport>().WriteAsync(run.Id, CrawlReportFilter.All, stream, format, cancellationToken));
        if (parsed.GetValue(BrokenLinks) is { } broken) await WriteAsync(broken, (stream, format) => host.Get<BrokenLinkReport>().WriteAsync(run.Id, stream, format, cancellationToken));
        await PrintAsync(host, parsed, knowledgeBase, run, Stopwatch.GetElapsedTime(started), cancellationToken);
        return run.State == CrawlRunState.Completed ? 0 : 1;
    }

    private static async Task<int> PreviewAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var host = await CommandHost.StartAsync(parsed, builder => builder.AddSitePreview(), cancellationToken);
        var knowledgeBase = await host.FindKnowledgeBaseAsync(parsed, cancellationToken);
        var (site, _) = await MakeSiteAsync(host, parsed, knowledgeBase, cancellationToken);
        var access = await ReadAccessAsync(host, parsed, site, cancellationToken);
        var (json, preview) = (parsed.GetValue(CommonOptions.Json), host.Get<ISitePreview>());
        try
        {
            if (parsed.GetValue(TestAccess))
            {
                var test = await preview.TestAccessAsync(site, access, cancellationToken);
                PreviewText.Print(test, json);
                return test.IsOpen ? 0 : 1;
            }

            if (parsed.GetValue(Explain) is { } url) PreviewText.Print(await preview.ExplainAsync(site, access, url, cancellationToken), json);
            else PreviewText.Print(await preview.PreviewAsync(site, access, PreviewText.Limits, cancellationToken), json);
            return 0;
        }
        catch (ArgumentException error)
        {
            throw new CommandFailedException(error.Message);
        }
    }

    private static async Task<(Site Site, bool IsKnown)> MakeSiteAsync(CommandHost host, ParseResult parsed, KnowledgeBase knowledgeBase, CancellationToken cancellationToken)
    {
        var url = new Uri(parsed.GetValue(Url)!).AbsoluteUri;
        var sites = host.Get<SiteStore>();
        var known = await sites.FindByStartUrlAsync(knowledgeBase.Id, url, cancellationToken);
        var scope = known?.Scope ?? new SiteScope { StartUrls = [url] };
        var site = (known ?? new Site
        {
            Id = Ids.New(),
            KnowledgeBaseId = knowledgeBase.Id,
            Name = new Uri(url).Authority,
            Scope = scope,
            CreatedAt = host.Get<TimeProvider>().GetUtcNow(),
        }) with
        {
            // What is not said stays as the site has it: a second crawl needs no repetition of the first one's options.
            Scope = scope with
            {
                MaxPages = parsed.GetValue(MaxPages) ?? scope.MaxPages,
                MaxMegabytes = parsed.GetValue(MaxMegabytes) ?? scope.MaxMegabytes,
                MaxDepth = parsed.GetValue(Depth) ?? scope.MaxDepth,
                Subdomains = parsed.GetValue(Subdomains) || scope.Subdomains,
                Hosts = parsed.GetValue(HostOption) is { Length: > 0 } hosts ? hosts : scope.Hosts,
                FileTypes = parsed.GetValue(FileType) is { Length: > 0 } types ? types : scope.FileTypes,
                DropParameters = parsed.GetValue(DropParameter) is { Length: > 0 } drop ? drop : scope.DropParameters,
                KeepParameters = parsed.GetValue(KeepParameter) is { Length: > 0 } keep ? keep : scope.KeepParameters,
                Include = parsed.GetValue(Include) is { Length: > 0 } include ? include : scope.Include,
                Exclude = parsed.GetValue(Exclude) is { Length: > 0 } exclude ? exclude : scope.Exclude,
            },
            Reading = new SiteReading
            {
                Languages = parsed.GetValue(OcrLanguage) is { Length: > 0 } languages ? languages : known?.Reading.Languages ?? [],
                Images = parsed.GetValue(ReadImages) || known?.Reading.Images == true,
            },
            RenderMode = parsed.GetValue(Render) ?? known?.RenderMode ?? RenderMode.Auto,
            AllowPrivateAddresses = parsed.GetValue(AllowPrivate) || known?.AllowPrivateAddresses == true,
        };
        return (site, known is not null);
    }

    /// <returns>Null when none is given: then what is stored counts.</returns>
    private static async Task<SiteAccess?> ReadAccessAsync(CommandHost host, ParseResult parsed, Site site, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Access) is not { } file) return null;
        var json = file.Name == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file.FullName, cancellationToken);
        try
        {
            return SiteAccessRequest.Read(json, await host.Get<SiteAccessStore>().FindAsync(site.Id, cancellationToken) ?? new SiteAccess());
        }
        catch (FormatException error)
        {
            throw new CommandFailedException($"--access: {error.Message}");
        }
    }

    private static async Task SaveAccessAsync(CommandHost host, Site site, SiteAccess access, CancellationToken cancellationToken)
    {
        if (access.IsEmpty()) await host.Get<SiteAccessStore>().DeleteAsync(site.Id, cancellationToken);
        else await host.Get<SiteAccessStore>().SaveAsync(site.Id, access, cancellationToken);
    }

    private static RenderMode? ParseRenderMode(System.CommandLine.Parsing.ArgumentResult result)
    {
        switch (result.Tokens.Count == 1 ? result.Tokens[0].Value : "")
        {
            case "never": return RenderMode.Never;
            case "auto": return RenderMode.Auto;
            case "always": return RenderMode.Always;
            default:
                result.AddError("--render is never, auto or always.");
                return null;
        }
    }

    private static async Task WriteAsync(FileInfo file, Func<Stream, CrawlReportFormat, Task> write)
    {
        await using var stream = file.Create();
        await write(stream, file.Extension == ".csv" ? CrawlReportFormat.Csv : CrawlReportFormat.Json);
    }

    private static async Task PrintAsync(CommandHost host, ParseResult parsed, KnowledgeBase knowledgeBase, CrawlRun run, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var index = await host.Get<IChunkIndex>().GetStateAsync(knowledgeBase.Id, cancellationToken);
        var c = run.Counters;
        var summary = new CrawlSummary(
            run.Id, run.State.ToString().ToLowerInvariant(), c.Queued, c.Fetched, c.New, c.Unchanged, c.Changed, c.Gone, c.Duplicate, c.Failed, c.Skipped,
            index.Documents, index.Chunks, Math.Round(elapsed.TotalSeconds, 2), Math.Round(c.Fetched / elapsed.TotalSeconds, 1), PeakMemory.Megabytes(), run.Message);
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(summary);
            return;
        }

        Console.WriteLine($"{summary.State} in {summary.Seconds:0.0} s: {c.Fetched} pages fetched ({summary.PagesPerSecond:0.0}/s), {c.New} new, {c.Changed} changed, {c.Unchanged} unchanged, {c.Gone} gone, {c.Duplicate} duplicate, {c.Skipped} skipped, {c.Failed} failed.");
        Console.WriteLine($"'{knowledgeBase.Name}' now answers from {summary.Documents} documents in {summary.Chunks} chunks.");
        if (run.Message is not { } message) return;
        if (run.State == CrawlRunState.Completed) Console.WriteLine(message);
        else await Console.Error.WriteLineAsync(message);
    }
}
