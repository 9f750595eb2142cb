using System.Net;
using Chatbot.ServiceDefaults.Discovery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults;

public sealed class ServiceDiscoveryTests
{
    private static ServiceEndpoints Endpoints(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());

    [Theory]
    [InlineData("https+http://api/a/b?q=1#f", "http://10.0.0.7:8080/a/b?q=1#f")]
    [InlineData("http://api/", "http://10.0.0.7:8080/")]
    [InlineData("http://API/", "http://10.0.0.7:8080/")]
    [InlineData("https://api/", "https://api/")]
    [InlineData("http://_grpc.api/", "http://10.0.0.7:9090/")]
    [InlineData("https+http://both/", "https://10.0.0.8:443/")]
    [InlineData("http+https://both/", "http://10.0.0.8:80/")]
    [InlineData("https+http://bare/", "https://10.0.0.9:7000/")]
    [InlineData("http://first/", "http://10.0.0.10:1/")]
    [InlineData("https+http://unknown/x", "https://unknown/x")]
    [InlineData("https+http://api:5000/x", "https://api:5000/x")]
    [InlineData("http://api:5000/x", "http://api:5000/x")]
    [InlineData("http://www.example.org/?a=b%20c", "http://www.example.org/?a=b%20c")]
    public void A_name_becomes_the_configured_address(string asked, string expected)
    {
        using var endpoints = Endpoints(
            ("Services:api:http:0", "http://10.0.0.7:8080"),
            ("Services:api:grpc:0", "http://10.0.0.7:9090"),
            ("Services:both:http:0", "http://10.0.0.8:80"),
            ("Services:both:https:0", "https://10.0.0.8:443"),
            ("Services:bare:default:0", "10.0.0.9:7000"),
            ("Services:first:http:0", "http://10.0.0.10:2"),
            ("Services:first:default", "http://10.0.0.10:1"));

        Assert.Equal(new Uri(expected), endpoints.Resolve(new Uri(asked)));
    }

    [Fact]
    public void Replicas_are_taken_in_turn()
    {
        using var endpoints = Endpoints(
            ("Services:api:http:0", "http://10.0.0.1"), ("Services:api:http:1", "http://10.0.0.2"), ("Services:api:http:2", "http://10.0.0.3"));

        var hosts = Enumerable.Range(0, 6).Select(_ => endpoints.Resolve(new Uri("http://api/")).Host);

        Assert.Equal(["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.1", "10.0.0.2", "10.0.0.3"], hosts);
    }

    [Fact]
    public void A_change_of_the_configuration_is_followed()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        using var endpoints = new ServiceEndpoints(configuration);
        configuration["Services:api:http:0"] = "http://10.0.0.1:81";
        configuration.Reload();

        Assert.Equal(new Uri("http://10.0.0.1:81/"), endpoints.Resolve(new Uri("https+http://api/")));
    }

    [Fact]
    public async Task Clients_reach_a_service_by_its_name_and_a_retry_reaches_another_replica()
    {
        await using var broken = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var working = await LoopbackServer.StartAsync((context, _) => context.Response.WriteAsync(context.Request.Path));
        using var clients = new HttpClients(settings: new()
        {
            ["Services:api:http:0"] = broken.Address.ToString(),
            ["Services:api:http:1"] = working.Address.ToString(),
        });

        var text = await clients.Create().GetStringAsync(new Uri("https+http://api/hello"), TestContext.Current.CancellationToken);

        Assert.Equal("/hello", text);
        Assert.Equal(1, broken.Requests);
    }

    [Fact]
    public async Task A_client_for_strangers_addresses_cannot_reach_a_service_by_its_name()
    {
        await using var inner = await LoopbackServer.StartAsync((_, _) => Task.CompletedTask);
        using var clients = new HttpClients(
            services => services.AddHttpClient("crawler").WithoutServiceDiscovery().WithoutResilience(),
            new() { ["Services:inner.invalid:http:0"] = inner.Address.ToString() });

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            clients.Create("crawler").GetAsync(new Uri("http://inner.invalid/"), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await clients.Create().GetAsync(new Uri("http://inner.invalid/"), TestContext.Current.CancellationToken)).StatusCode);
    }
}
