using System.CommandLine;
using Chatbot.Crawler.Robots;

namespace Chatbot.Server.Crawling;

/// <summary><c>chatbot robots</c>: what a robots.txt says of URLs. Needs no data directory.</summary>
internal static class RobotsCommand
{
    private static readonly Option<FileInfo> Robots = new("--file") { Description = "The robots.txt, as a file", Required = true };
    private static readonly Option<string> Agent = new("--agent") { Description = "The crawler's product token", DefaultValueFactory = _ => "ChatbotCrawler" };
    private static readonly Argument<string[]> Urls = new("url") { Description = "URLs to ask about", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var command = new Command("robots", "Say which URLs a robots.txt allows") { Robots, Agent, Urls, CommonOptions.Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(parsed.GetValue(Robots)!.FullName, cancellationToken);
        var rules = RobotsFile.Parse(content).For(parsed.GetValue(Agent)!);
        foreach (var url in parsed.GetValue(Urls)!)
        {
            var verdict = rules.Check(url);
            if (parsed.GetValue(CommonOptions.Json)) Output.WriteJson(new RobotsLine(url, verdict.Allowed, verdict.Rule));
            else Console.WriteLine($"{(verdict.Allowed ? "allowed   " : "disallowed")}  {url}{(verdict.Rule is { } rule ? $"  ({rule})" : "")}");
        }

        return 0;
    }
}
