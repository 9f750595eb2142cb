using Aspire.Hosting;

namespace Chatbot.Tests.AppHost;

/// <summary>The product itself, started as the AppHost does it, but on a free port.</summary>
public sealed class EmbeddedProfileTests
{
    private const string Ready = "[chatbot] is ready: ";

    [Fact]
    public async Task The_server_starts_on_the_port_it_is_given_and_ends_when_the_application_stops()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        builder.AddProject<ServerProject>("chatbot")
            .WithEndpoint("http", endpoint => endpoint.Port = null)
            .WithEnvironment("CHATBOT_DATA", fixture.PathOf("data"))
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithExternalHttpEndpoints();
        await using var application = builder.Build();
        using var client = new HttpClient();

        await application.StartAsync(TestContext.Current.CancellationToken);
        var url = fixture.Output.ToString().Split('\n').Single(line => line.StartsWith(Ready, StringComparison.Ordinal))[Ready.Length..].Trim();
        using var response = await client.GetAsync(new Uri(url + "/health"), TestContext.Current.CancellationToken);
        await application.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode, fixture.Output.ToString());
        Assert.StartsWith("http://127.0.0.1:", url, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(url), TestContext.Current.CancellationToken));
    }

    private sealed class ServerProject : IProjectMetadata
    {
        public string ProjectPath => Path.GetFullPath("../Chatbot.Server/Chatbot.Server.csproj", AppHostFixture.AppHostDirectory);

        public string? TargetPath => Path.Combine(AppContext.BaseDirectory, "Chatbot.Server.dll");
    }
}
