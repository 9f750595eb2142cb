using Chatbot.Backends;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Blobs;
using Chatbot.Core.Caching;
using Chatbot.Core.Extractions;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Backends;

public sealed class BackendsSetupTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Whoever_opens_the_door_has_every_port_on_an_empty_directory()
    {
        using var host = Host(("Data:Directory", Path.Combine(directory.Path, "made", "here")));

        await host.InitializeBackendsAsync(Token);
        await host.InitializeBackendsAsync(Token);

        Assert.NotNull(await host.Services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, Token));
        Assert.True((await host.Services.GetRequiredService<IJobQueue>().GetDepthAsync(Queues.Crawls, Token)).IsIdle);
        Assert.NotNull(await host.Services.GetRequiredService<IBlobStore>().PutAsync(new byte[3], Token));
        Assert.Null(await host.Services.GetRequiredService<IDocumentArchive>().FindAsync("a", "b", Token));
        Assert.Null(await host.Services.GetRequiredService<ICache>().GetAsync("a", Token));
        Assert.True(File.Exists(Path.Combine(directory.Path, "made", "here", "chatbot.db")));
    }

    [Fact]
    public async Task The_variable_names_the_directory_unless_the_setting_does()
    {
        var (variable, setting) = (Path.Combine(directory.Path, "variable"), Path.Combine(directory.Path, "setting"));
        using var one = Host(("CHATBOT_DATA", variable));
        using var other = Host(("CHATBOT_DATA", variable), ("Data:Directory", setting));

        await one.InitializeBackendsAsync(Token);
        Assert.False(Directory.Exists(setting));
        await other.InitializeBackendsAsync(Token);

        Assert.True(File.Exists(Path.Combine(variable, "chatbot.db")));
        Assert.True(File.Exists(Path.Combine(setting, "chatbot.db")));
    }

    [Theory]
    [InlineData("Jobs:Attempts", "0")]
    [InlineData("Jobs:Lease", "00:00:00")]
    [InlineData("Cache:SizeMb", "0")]
    [InlineData("Data:Directory", "")]
    public async Task A_wrong_setting_stops_the_start(string key, string value)
    {
        using var host = Host((key, value));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
    }

    [Fact]
    public async Task The_database_reports_its_health()
    {
        using var host = Host(("Data:Directory", directory.Path));
        await host.InitializeBackendsAsync(Token);

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.Equal(HealthStatus.Healthy, report.Entries["database"].Status);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_unhealthy()
    {
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "chatbot.db"), new string('x', 4096), Token);
        using var host = Host(("Data:Directory", directory.Path));

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.Equal(HealthStatus.Unhealthy, report.Entries["database"].Status);
    }

    private static IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddBackends();
        return builder.Build();
    }
}
