using System.CommandLine;
using Chatbot.Api;
using Chatbot.Api.Mcp;
using ModelContextProtocol.Server;

namespace Chatbot.Server.Mcp;

/// <summary><c>chatbot mcp</c>: the tools for an assistant on this machine that starts it, over standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var command = new Command("mcp", "Serve the tools search and ask over the Model Context Protocol on standard input and output");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var host = await CommandHost.StartAsync(
            parsed,
            builder =>
            {
                builder.AddAnswering();
                builder.Services.AddMcpTools();
            },
            cancellationToken);
        var options = host.Get<Microsoft.Extensions.Options.IOptions<McpServerOptions>>().Value;
        await using var transport = new StdioServerTransport(options, host.Get<ILoggerFactory>());
        await using var server = McpServer.Create(transport, options, host.Get<ILoggerFactory>(), host.Services);
        // Until standard input ends: the assistant has closed it.
        await server.RunAsync(cancellationToken);
        return 0;
    }
}
