using System.CommandLine;

namespace Chatbot.Benchmarks.Crawl;

/// <summary><c>crawl</c>: pages a second and memory of a crawl beside Scrapy, and what a second crawl costs.</summary>
internal static class CrawlCommand
{
    public static Command Create()
    {
        var pages = new Option<DirectoryInfo>("--pages") { Description = "Folder of HTML files to serve and crawl", DefaultValueFactory = _ => new DirectoryInfo("/usr/share/doc/postgresql-doc-15/html") };
        var concurrency = new Option<int>("--concurrency") { Description = "Requests at a time, of both", DefaultValueFactory = _ => 16 };
        var rounds = new Option<int>("--rounds") { Description = "Crawls of each, by turns; the median counts", DefaultValueFactory = _ => 3 };
        var once = new Option<bool>("--once") { Description = "One crawl of ours in this process", Hidden = true };
        var url = new Option<string>("--url") { Hidden = true };
        var data = new Option<string>("--data") { Hidden = true };
        var command = new Command("crawl", "Crawling: pages a second and peak memory beside Scrapy, the processor time of a second crawl") { pages, concurrency, rounds, once, url, data };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(once)
            ? CrawlOnce.RunAsync(parsed.GetValue(url)!, parsed.GetValue(data)!, parsed.GetValue(concurrency), cancellationToken)
            : CrawlBenchmark.RunAsync(parsed.GetValue(pages)!, parsed.GetValue(concurrency), parsed.GetValue(rounds), Console.Out, cancellationToken));
        return command;
    }
}
