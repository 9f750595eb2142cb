using System.CommandLine;
using Chatbot.Backends;
using Chatbot.Server.Asking;
using Chatbot.Server.Crawling;
using Chatbot.Server.Embedding;
using Chatbot.Server.Evaluating;
using Chatbot.Server.Extracting;
using Chatbot.Server.Faqs;
using Chatbot.Server.Indexing;
using Chatbot.Server.Mcp;
using Chatbot.Server.Searching;
using Chatbot.Server.Serving;
using Chatbot.Server.Users;

namespace Chatbot.Server;

/// <summary>The command line <c>chatbot</c>: which commands there are. Exit code 0 done, 1 failed, 2 bad usage.</summary>
public static class CommandLine
{
    private const int Failed = 1, BadUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Answers questions about websites and documents, with citations. Without a command it serves.")
        {
            CommonOptions.Data,
            ServeCommand.Create(),
            CrawlCommand.Create(),
            SearchCommand.Create(),
            AskCommand.Create(),
            McpCommand.Create(),
            ReindexCommand.Create(),
            FaqCommand.Create(),
            ExtractCommand.Create(),
            EmbedCommand.Create(),
            RobotsCommand.Create(),
            EvalCommand.Create(),
            CreateSuperuserCommand.Create(),
        };
        ServeCommand.MakeDefault(root);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("Try 'chatbot --help'.");
            return BadUsage;
        }

        try
        {
            // The host gives what it runs 30 s to end well. The library's own two seconds cut answers off, and jobs in hand, on a busy machine.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return Failed;
        }
        catch (CommandFailedException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
        catch (Exception error) when (error is StorageException or Microsoft.Extensions.Options.OptionsValidationException or IOException or UnauthorizedAccessException)
        {
            // These say in words what is wrong and what to do; a stack would hide it.
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
    }
}
