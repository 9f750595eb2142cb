using System.Globalization;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;

namespace Chatbot.Server.Crawling;

/// <summary>Prints what a crawl would take.</summary>
internal static class PreviewText
{
    public static readonly PreviewLimits Limits = new(200, TimeSpan.FromSeconds(30), IsReusing: false);

    public static void Print(ScopeExplanation explanation, bool json)
    {
        if (json)
        {
            Output.WriteJson(explanation);
            return;
        }

        Console.WriteLine($"{(explanation.IsIn ? "in " : "out")}  {explanation.Address ?? explanation.Url}  ({(explanation.Reason is { } reason ? reason + ": " : "")}{explanation.Detail})");
        foreach (var check in explanation.Checks) Console.WriteLine($"  {(check.IsPassed ? "+" : "-")} {check.Name}: {check.Detail}");
    }

    public static void Print(AccessTest test, bool json)
    {
        if (json)
        {
            Output.WriteJson(test);
            return;
        }

        foreach (var step in test.Steps)
        {
            var status = step.Status is { } code ? $"{code} " : "";
            Console.WriteLine($"{(step.IsPassed ? "+" : "-")} {step.Name}  {step.Url}  {status}{(step.Title is { } title ? $"\"{title}\" " : "")}({step.Detail}; {step.Milliseconds} ms)");
        }

        Console.WriteLine(test.IsOpen ? "A crawl gets in." : $"A crawl does not get in: {test.Detail}");
    }

    public static void Print(CrawlPreview preview, bool json)
    {
        if (json)
        {
            Output.WriteJson(preview);
            return;
        }

        foreach (var page in preview.Pages)
        {
            var why = page.Reason is { } reason ? $"  ({reason}{(page.Detail is { } detail ? ": " + detail : "")})" : page.NeedsBrowser ? "  (needs a browser)" : "";
            Console.WriteLine($"{(page.IsTaken ? "take " : "leave")}  {page.Url}{why}");
        }

        var e = preview.Estimate;
        var time = TimeSpan.FromSeconds(Math.Ceiling(e.Seconds));
        Console.WriteLine(preview.IsComplete
            ? $"That is all of it, seen in {preview.Seconds:0.0} s:"
            : $"{preview.Requests} pages were looked at in {preview.Seconds:0.0} s, {preview.Waiting} more URLs are known. By these, the whole has at least:");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{e.Pages} documents, {e.PdfPages} pages of PDFs, {e.Bytes / 1e6:0.0} MB, {(time.TotalHours >= 1 ? $"{(long)time.TotalHours} h {time.Minutes} min" : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{time.Seconds} s")} to fetch, about {e.Tokens} tokens to embed{(e.Cost is { } cost ? $" for {cost:0.00##}" : "")}."));
    }
}
