using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Chatbot.Tests.Support;

namespace Chatbot.Tests.AppHost;

/// <summary>What the engine's command line is given. The engine itself is a script that writes it down: no image can be pulled in a test.</summary>
public sealed class ContainerTests
{
    private const string RecordingEngine = """
        #!/bin/sh
        echo "$@" >> "$(dirname "$0")/../calls"
        if [ "$1" = run ]; then
          trap 'exit 0' TERM
          echo "password in the environment: $SECRET"
          while true; do sleep 0.05; done
        fi
        """;

    [Fact]
    public async Task A_container_runs_with_its_ports_on_loopback_and_its_secrets_off_the_command_line()
    {
        using var fixture = new AppHostFixture();
        var builder = DistributedApplication.CreateBuilder(fixture.Options(["--Parameters:pw=hush"], SearchPathWith(fixture, RecordingEngine)));
        builder.AddContainer("store", "example/store", "2.1")
            .WithEndpoint(port: null, targetPort: 7000, name: "tcp")
            .WithVolume("store-data", "/data").WithBindMount("../config", "/etc/store", isReadOnly: true)
            .WithEntrypoint("/bin/store").WithArgs("--fast", "two words")
            .WithEnvironment("SECRET", builder.AddParameter("pw", secret: true));
        await using var application = builder.Build();
        await application.StartAsync(TestContext.Current.CancellationToken);
        while (!fixture.Output.ToString().Contains("hush", StringComparison.Ordinal))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        await application.StopAsync(TestContext.Current.CancellationToken);

        var calls = await File.ReadAllLinesAsync(fixture.PathOf("calls"), TestContext.Current.CancellationToken);
        var run = Assert.Single(calls, call => call.StartsWith("run ", StringComparison.Ordinal));
        Assert.Matches(
            "^run --rm --name sample.apphost-store --network sample.apphost --network-alias store --publish 127\\.0\\.0\\.1:[0-9]+:7000 "
            + "--volume store-data:/data --volume [^ ]+/config:/etc/store:ro --env SECRET --entrypoint /bin/store example/store:2.1 --fast two words$",
            run);
        Assert.DoesNotContain("hush", string.Concat(calls), StringComparison.Ordinal);
        Assert.Equal("rm --force sample.apphost-store", calls[^2]);
        Assert.Equal("network rm sample.apphost", calls[^1]);
    }

    [Fact]
    public async Task A_container_reaches_another_by_its_name_and_own_port()
    {
        using var fixture = new AppHostFixture();
        var builder = DistributedApplication.CreateBuilder(fixture.Options([], SearchPathWith(fixture, RecordingEngine)));
        var store = builder.AddContainer("store", "example/store").WithHttpEndpoint(targetPort: 7000);
        builder.AddContainer("reader", "example/reader").WithArgs(store.GetEndpoint("http"));
        await using var application = builder.Build();

        await application.StartAsync(TestContext.Current.CancellationToken);
        while (!File.Exists(fixture.PathOf("calls")) || !(await File.ReadAllTextAsync(fixture.PathOf("calls"), TestContext.Current.CancellationToken)).Contains("example/reader:latest", StringComparison.Ordinal))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Contains("example/reader:latest http://store:7000", await File.ReadAllTextAsync(fixture.PathOf("calls"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_engine_the_containers_are_named_and_the_remedy_is_said()
    {
        using var fixture = new AppHostFixture();
        var builder = DistributedApplication.CreateBuilder(fixture.Options([], searchPath: fixture.Folder));
        builder.AddRedis("redis");
        builder.AddMySql("mysql");
        await using var application = builder.Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("neither docker nor podman is on the PATH", error.Message, StringComparison.Ordinal);
        Assert.Contains("redis, mysql", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install docker.io", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_named_with_what_it_says()
    {
        using var fixture = new AppHostFixture();
        var searchPath = SearchPathWith(fixture, "#!/bin/sh\necho the daemon sleeps >&2; exit 1\n");
        var builder = DistributedApplication.CreateBuilder(fixture.Options([], searchPath));
        builder.AddRedis("redis");
        await using var application = builder.Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("does not answer: the daemon sleeps", error.Message, StringComparison.Ordinal);
    }

    private static string SearchPathWith(AppHostFixture fixture, string script)
    {
        var folder = Directory.CreateDirectory(fixture.PathOf("bin")).FullName;
        var engine = Path.Combine(folder, "docker");
        Script.Write(engine, script);
        return folder;
    }
}
