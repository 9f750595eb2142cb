using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Chatbot.Tests.Support;

namespace Chatbot.Tests.AppHost;

/// <summary>Starting, watching and stopping, with small real processes that write down what they do.</summary>
public sealed class RunningTests
{
    // Serves 503 at first: a process that runs is not yet one that is ready.
    private const string SlowServer = """
        const { appendFileSync } = require("fs");
        let asked = 0;
        require("http").createServer((request, response) => {
          response.statusCode = ++asked < 3 ? 503 : 200;
          if (asked === 3) appendFileSync(process.env.LOG, "server ready\n");
          response.end();
        }).listen(process.env.PORT, "127.0.0.1");
        """;

    [Fact]
    public async Task A_process_starts_when_what_it_waits_for_is_healthy()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        var server = builder.AddExecutable("server", "node", fixture.Folder, "-e", SlowServer)
            .WithHttpEndpoint(port: FreePort.Next(), env: "PORT").WithEndpoint("http", e => e.TargetHost = "127.0.0.1")
            .WithEnvironment("LOG", fixture.PathOf("log")).WithHttpHealthCheck("/health");
        AddShell(builder, fixture, "client", "echo client started >> log; echo hello from the client").WaitFor(server);
        await using var application = builder.Build();

        await application.StartAsync(TestContext.Current.CancellationToken);
        await LogHasAsync(fixture, "client started");

        Assert.Equal(["server ready", "client started"], File.ReadLines(fixture.PathOf("log")));
    }

    [Fact]
    public async Task A_process_starts_when_what_it_waits_for_has_completed()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        var server = AddShell(builder, fixture, "server", "echo server >> log");
        var migration = AddShell(builder, fixture, "migration", "echo migration >> log").WaitForCompletion(server);
        AddShell(builder, fixture, "app", "echo app >> log").WaitForCompletion(migration);
        await using var application = builder.Build();

        await application.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["server", "migration", "app"], File.ReadLines(fixture.PathOf("log")));
        Assert.Equal("", fixture.Error.ToString());
    }

    [Fact]
    public async Task Output_carries_the_name_of_the_resource()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        AddShell(builder, fixture, "talker", "echo to standard output; echo to standard error >&2");
        await using var application = builder.Build();

        await application.RunAsync(TestContext.Current.CancellationToken);

        Assert.Contains("[talker] to standard output", fixture.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[talker] to standard error", fixture.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_dies_before_it_is_healthy_stops_all_the_others()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        var other = AddShell(builder, fixture, "other", "trap 'echo other stopped >> log; exit 0' TERM; echo $$ > pid; while true; do sleep 0.05; done");
        AddShell(builder, fixture, "broken", "while [ ! -s pid ]; do sleep 0.05; done; echo no licence; exit 7")
            .WithHttpEndpoint().WithHttpHealthCheck("/health").WaitForStart(other);
        AddShell(builder, fixture, "never", "echo never >> log").WaitFor(builder.CreateResourceBuilder(Named(builder, "broken")));
        await using var application = builder.Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("broken ended with exit code 7 before it was healthy", error.Message, StringComparison.Ordinal);
        Assert.Contains("[broken] no licence", fixture.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["other stopped"], File.ReadLines(fixture.PathOf("log")));
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(fixture.PathOf("pid")).Trim()}"));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        builder.AddExecutable("ghost", "/no/such/program", fixture.Folder);
        await using var application = builder.Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("ghost could not be started", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_ends_those_first_that_wait_for_others()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        var server = AddShell(builder, fixture, "server", Lasting("server"));
        AddShell(builder, fixture, "client", Lasting("client")).WaitFor(server);
        await using var application = builder.Build();
        await application.StartAsync(TestContext.Current.CancellationToken);
        await LogHasAsync(fixture, "server started");
        await LogHasAsync(fixture, "client started");

        await application.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["client stopped", "server stopped"], File.ReadLines(fixture.PathOf("log")).Where(l => l.EndsWith("stopped", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fixed_port_that_is_taken_is_named_before_anything_starts()
    {
        using var fixture = new AppHostFixture();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var builder = fixture.CreateBuilder();
        AddShell(builder, fixture, "server", "echo started >> log").WithHttpEndpoint(port: port);
        await using var application = builder.Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains($"Port {port}", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(fixture.PathOf("log")));
    }

    private static IResourceBuilder<ExecutableResource> AddShell(
        IDistributedApplicationBuilder builder, AppHostFixture fixture, string name, string script) =>
        builder.AddExecutable(name, "sh", fixture.Folder, "-c", script);

    private static string Lasting(string name) =>
        $"trap 'echo {name} stopped >> log; exit 0' TERM; echo {name} started >> log; while true; do sleep 0.05; done";

    private static ExecutableResource Named(IDistributedApplicationBuilder builder, string name) =>
        builder.Resources.OfType<ExecutableResource>().Single(r => r.Name == name);

    private static async Task LogHasAsync(AppHostFixture fixture, string line)
    {
        while (!File.Exists(fixture.PathOf("log")) || !File.ReadLines(fixture.PathOf("log")).Contains(line))
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }
}
