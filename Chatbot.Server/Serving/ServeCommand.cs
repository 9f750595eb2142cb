using System.CommandLine;
using Chatbot.Api;
using Chatbot.Backends;
using Chatbot.Crawler;
using Chatbot.Ingestion;
using Chatbot.Web;

namespace Chatbot.Server.Serving;

/// <summary><c>chatbot serve</c>: everything in one process.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 8080;

    private static readonly Option<int?> Port = new("--port") { Description = "Port to listen on (default: what ASPNETCORE_URLS or HTTP_PORTS say, else 8080)" };
    private static readonly Option<string> Address = new("--host") { Description = "Address to listen on; 0.0.0.0 is reachable from other machines", DefaultValueFactory = _ => "localhost" };

    public static Command Create()
    {
        var command = new Command("serve", "Serve chat, admin area and API, with crawler and ingestion in the same process (default)") { Port, Address };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Port) is < 1 or > 65535) result.AddError("--port is a number from 1 to 65535.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    public static void MakeDefault(RootCommand root)
    {
        root.Options.Add(Port);
        root.Options.Add(Address);
        root.SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        CommandHost.UseData(builder, parsed);
        var configured = builder.Configuration["urls"] ?? builder.Configuration["http_ports"];
        // Loopback unless someone says otherwise: a first try should not open a port to the network.
        if (parsed.GetValue(Port) is { } port) builder.WebHost.UseUrls($"http://{parsed.GetValue(Address)}:{port}");
        else if (configured is null) builder.WebHost.UseUrls($"http://{parsed.GetValue(Address)}:{DefaultPort}");
        builder.AddServiceDefaults();
        builder.AddBackends();
        builder.AddCrawler();
        builder.AddIngestion();
        builder.AddApi();
        builder.AddWeb();

        var app = builder.Build();
        await app.InitializeBackendsAsync(cancellationToken);
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        app.MapApi();
        app.MapWeb();
        await app.RunAsync(cancellationToken);
        return 0;
    }
}
