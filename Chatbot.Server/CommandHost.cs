using System.CommandLine;
using Chatbot.Backends;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Server;

/// <summary>What a command needs of the product, in this process. Its log goes to standard error: standard output is for results.</summary>
internal sealed class CommandHost : IAsyncDisposable
{
    private readonly WebApplication _host;

    private CommandHost(WebApplication host) => _host = host;

    public IServiceProvider Services => _host.Services;

    /// <summary>Builds it, makes the data directory ready and, when there are workers, starts them.</summary>
    /// <param name="add">Opens the doors that the command needs; <c>AddBackends</c> is called already.</param>
    public static async Task<CommandHost> StartAsync(ParseResult parsed, Action<WebApplicationBuilder> add, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables();
        UseData(builder, parsed);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"))
            .AddFilter(level => level >= LogLevel.Error)
            .AddSimpleConsole(console => console.SingleLine = true)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddBackends();
        add(builder);
        // An empty builder has no server; a host wants one, and this one listens to nobody.
        builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer, NoServer>();
        var host = builder.Build();
        await host.Services.InitializeBackendsAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        return new CommandHost(host);
    }

    public static void UseData(WebApplicationBuilder builder, ParseResult parsed)
    {
        if (parsed.GetValue(CommonOptions.Data) is { } data) builder.Configuration["Data:Directory"] = Path.GetFullPath(data);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <exception cref="CommandFailedException">There is none of that name.</exception>
    public async Task<KnowledgeBase> FindKnowledgeBaseAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(CommonOptions.KnowledgeBase) ?? KnowledgeBase.DefaultName;
        return await Get<KnowledgeBaseStore>().FindAsync(name, cancellationToken)
            ?? throw new CommandFailedException($"There is no knowledge base '{name}'.");
    }

    public async ValueTask DisposeAsync()
    {
        // Not cancelled with the command: workers put down what they hold, and the index is written.
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    private sealed class NoServer : Microsoft.AspNetCore.Hosting.Server.IServer
    {
        public Microsoft.AspNetCore.Http.Features.IFeatureCollection Features { get; } = new Microsoft.AspNetCore.Http.Features.FeatureCollection();

        public Task StartAsync<TContext>(Microsoft.AspNetCore.Hosting.Server.IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
