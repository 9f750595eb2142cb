using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Chatbot.Tests.Node;

namespace Chatbot.Tests.AppHost;

/// <summary>A model of which it is known what Aspire 13.6 publishes: reference-manifest.json.</summary>
public sealed class ReferenceManifestTests
{
    private static readonly string ReferencePath = Path.GetFullPath("../AppHost/reference-manifest.json", NodeTools.Folder);

    [Fact]
    public async Task The_same_model_gives_the_same_document_as_Aspire_does()
    {
        using var fixture = new AppHostFixture();
        await using var application = Model(fixture).Build();

        await application.StartAsync(TestContext.Current.CancellationToken);

        var expected = JsonNode.Parse(await File.ReadAllTextAsync(ReferencePath, TestContext.Current.CancellationToken))!;
        var actual = JsonNode.Parse(await File.ReadAllTextAsync(fixture.ManifestPath, TestContext.Current.CancellationToken))!;
        Assert.Equal(Names(expected), Names(actual));
        foreach (var name in Names(expected))
            Assert.True(
                JsonNode.DeepEquals(expected["resources"]![name], actual["resources"]![name]),
                $"{name}: expected\n{expected["resources"]![name]}\nbut published\n{actual["resources"]![name]}");
    }

    [Fact]
    public async Task Variables_are_written_in_the_order_in_which_Aspire_writes_them()
    {
        using var fixture = new AppHostFixture();
        await using var application = Model(fixture).Build();

        await application.StartAsync(TestContext.Current.CancellationToken);

        var expected = JsonNode.Parse(await File.ReadAllTextAsync(ReferencePath, TestContext.Current.CancellationToken))!;
        var actual = JsonNode.Parse(await File.ReadAllTextAsync(fixture.ManifestPath, TestContext.Current.CancellationToken))!;
        foreach (var name in new[] { "api", "crawler", "ingestion", "web" })
            Assert.Equal(Keys(expected["resources"]![name]!["env"]!), Keys(actual["resources"]![name]!["env"]!));
    }

    private static IDistributedApplicationBuilder Model(AppHostFixture fixture)
    {
        var builder = fixture.CreatePublisher();
        var qdrantKey = builder.AddParameter("qdrant-key", secret: true);
        var rabbitPassword = builder.AddParameter("rabbitmq-password", secret: true);
        var redisPassword = builder.AddParameter("redis-password", secret: true);
        var mongoPassword = builder.AddParameter("mongodb-password", secret: true);
        var mysqlPassword = builder.AddParameter("mysql-password", secret: true);
        var llmUrl = builder.AddParameter("llm-url", "http://localhost:11434/v1", publishValueAsDefault: true);
        var llmKey = builder.AddParameter("llm-key", secret: true);
        var qdrant = builder.AddQdrant("qdrant", qdrantKey).WithDataVolume("chatbot-qdrant");
        var rabbitmq = builder.AddRabbitMQ("rabbitmq", password: rabbitPassword).WithDataVolume("chatbot-rabbitmq");
        var redis = builder.AddRedis("redis", password: redisPassword).WithDataVolume("chatbot-redis");
        var chatdb = builder.AddMongoDB("mongodb", password: mongoPassword).WithDataVolume("chatbot-mongodb").AddDatabase("chatdb");
        var appdb = builder.AddMySql("mysql", mysqlPassword).WithDataVolume("chatbot-mysql").AddDatabase("appdb");

        var api = builder.AddProject("api", fixture.AddProjectFolder("Chatbot.Api", "http://localhost:8081;https://localhost:8441"))
            .WithReference(qdrant).WithReference(rabbitmq).WithReference(redis).WithReference(chatdb).WithReference(appdb)
            .WithEnvironment("Llm__BaseUrl", llmUrl).WithEnvironment("Llm__ApiKey", llmKey)
            .WaitFor(qdrant).WaitFor(rabbitmq).WaitFor(redis).WaitFor(chatdb).WaitFor(appdb)
            .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http").WithExternalHttpEndpoints().WithReplicas(2);
        builder.AddProject("crawler", fixture.AddProjectFolder("Chatbot.Crawler", null)).WithReference(rabbitmq).WaitFor(rabbitmq);
        builder.AddProject("ingestion", fixture.AddProjectFolder("Chatbot.Ingestion", null))
            .WithReference(rabbitmq).WithReference(qdrant).WaitFor(rabbitmq).WaitFor(qdrant).WithReplicas(2);
        builder.AddProject("web", fixture.AddProjectFolder("Chatbot.Web", "http://localhost:8082;https://localhost:8442"))
            .WithReference(api).WaitFor(api).WithHttpHealthCheck("/health", endpointName: "http").WithExternalHttpEndpoints();
        return builder;
    }

    private static string[] Names(JsonNode document) => Keys(document["resources"]!);

    private static string[] Keys(JsonNode node) => [.. node.AsObject().Select(property => property.Key)];
}
