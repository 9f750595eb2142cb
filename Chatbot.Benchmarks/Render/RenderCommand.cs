using System.CommandLine;

namespace Chatbot.Benchmarks.Render;

/// <summary><c>render</c>: pages a second that the browser renders, and what it holds meanwhile.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var pages = new Option<int>("--pages") { Description = "Pages to render", DefaultValueFactory = _ => 500 };
        var contexts = new Option<int>("--contexts") { Description = "Pages at a time", DefaultValueFactory = _ => 4 };
        var child = new Option<bool>("--child") { Description = "Render in a process of its own, as the small crawler does" };
        var command = new Command("render", "Rendering: small pages of a script a second, memory and processes from start to end") { pages, contexts, child };
        command.SetAction((parsed, cancellationToken) => RenderBenchmark.RunAsync(parsed.GetValue(pages), parsed.GetValue(contexts), parsed.GetValue(child), Console.Out, cancellationToken));
        return command;
    }
}
