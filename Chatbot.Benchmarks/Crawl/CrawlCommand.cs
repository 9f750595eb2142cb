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
        var crawler = new Option<FileInfo?>("--crawler") { Description = "The crawler's program as it is published; left out, it is published first" };
        var command = new Command("crawl", "Crawling: pages a second and peak memory beside Scrapy, the processor time of a second crawl") { pages, concurrency, rounds, crawler };
        command.SetAction((parsed, cancellationToken) => CrawlBenchmark.RunAsync(
            parsed.GetValue(pages)!, parsed.GetValue(crawler), parsed.GetValue(concurrency), parsed.GetValue(rounds), Console.Out, cancellationToken));
        return command;
    }
}
