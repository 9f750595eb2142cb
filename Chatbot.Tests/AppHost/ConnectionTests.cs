using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Chatbot.Tests.AppHost;

/// <summary>What a process gets to reach the servers and the other processes.</summary>
public sealed class ConnectionTests
{
    // Needs encoding in a URI, and none in a connection string.
    private const string Password = "p@ss/word";

    [Fact]
    public async Task Each_server_hands_over_its_connection_string_and_properties_when_run()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder($"--Parameters:pw={Password}");
        var password = builder.AddParameter("pw", secret: true);
        var qdrant = builder.AddQdrant("qdrant", password).WithExplicitStart();
        var rabbitmq = builder.AddRabbitMQ("rabbitmq", password: password).WithExplicitStart();
        var redis = builder.AddRedis("redis", password: password).WithExplicitStart();
        var mongodb = builder.AddMongoDB("mongodb", password: password).WithExplicitStart();
        var mysql = builder.AddMySql("mysql", password).WithExplicitStart();

        var variables = await VariablesOfAsync(fixture, builder, process => process
            .WithReference(qdrant).WithReference(rabbitmq).WithReference(redis).WithReference(mongodb.AddDatabase("chatdb"), "docs")
            .WithReference(mysql.AddDatabase("app", "app_db")));

        var (grpc, http) = (variables["QDRANT_GRPCPORT"], variables["QDRANT_HTTPPORT"]);
        Assert.Equal($"Endpoint=http://localhost:{grpc};Key={Password}", variables["ConnectionStrings__qdrant"]);
        Assert.Equal($"Endpoint=http://localhost:{http};Key={Password}", variables["ConnectionStrings__qdrant_http"]);
        Assert.Equal($"http://localhost:{http}", variables["QDRANT_HTTPURI"]);
        Assert.Equal(Password, variables["QDRANT_APIKEY"]);

        var amqp = $"amqp://guest:p%40ss%2Fword@localhost:{variables["RABBITMQ_PORT"]}";
        Assert.Equal(amqp, variables["ConnectionStrings__rabbitmq"]);
        Assert.Equal(amqp, variables["RABBITMQ_URI"]);
        Assert.Equal("guest", variables["RABBITMQ_USERNAME"]);

        Assert.Equal($"localhost:{variables["REDIS_PORT"]},password={Password}", variables["ConnectionStrings__redis"]);
        Assert.Equal($"redis://:p%40ss%2Fword@localhost:{variables["REDIS_PORT"]}", variables["REDIS_URI"]);

        Assert.Equal(
            $"mongodb://admin:p%40ss%2Fword@localhost:{variables["DOCS_PORT"]}/chatdb?authSource=admin&authMechanism=SCRAM-SHA-256",
            variables["ConnectionStrings__docs"]);
        Assert.Equal(("chatdb", "admin"), (variables["DOCS_DATABASENAME"], variables["DOCS_AUTHENTICATIONDATABASE"]));

        var port = variables["APP_PORT"];
        Assert.Equal($"Server=localhost;Port={port};User ID=root;Password={Password};Database=app_db", variables["ConnectionStrings__app"]);
        Assert.Equal($"jdbc:mysql://localhost:{port}/app_db", variables["APP_JDBCCONNECTIONSTRING"]);
        Assert.Equal($"mysql://root:p%40ss%2Fword@localhost:{port}/app_db", variables["APP_URI"]);
    }

    [Fact]
    public async Task A_user_name_that_is_a_parameter_is_encoded_where_it_stands_in_a_URI()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder("--Parameters:user=a:b", "--Parameters:pw=c");
        var rabbitmq = builder.AddRabbitMQ("rabbitmq", builder.AddParameter("user"), builder.AddParameter("pw", secret: true)).WithExplicitStart();

        var variables = await VariablesOfAsync(fixture, builder, process => process.WithReference(rabbitmq));

        Assert.StartsWith("amqp://a%3Ab:c@localhost:", variables["ConnectionStrings__rabbitmq"], StringComparison.Ordinal);
        Assert.Equal("a:b", variables["RABBITMQ_USERNAME"]);
    }

    [Fact]
    public async Task Published_connections_are_expressions_and_generated_passwords_stand_at_the_end()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreatePublisher();
        var rabbitmq = builder.AddRabbitMQ("queue", builder.AddParameter("user"));
        builder.AddExecutable("worker", "worker", ".").WithReference(rabbitmq, "jobs");
        await using var application = builder.Build();

        await application.StartAsync(TestContext.Current.CancellationToken);

        var resources = JsonNode.Parse(await File.ReadAllTextAsync(fixture.ManifestPath, TestContext.Current.CancellationToken))!["resources"]!;
        Assert.Equal(
            ["user", "queue", "worker", "queue-password", "queue-password-uri-encoded", "user-uri-encoded"],
            resources.AsObject().Select(p => p.Key));
        Assert.Equal(
            "amqp://{user-uri-encoded.value}:{queue-password-uri-encoded.value}@{queue.bindings.tcp.host}:{queue.bindings.tcp.port}",
            (string?)resources["queue"]!["connectionString"]);
        Assert.Equal("{queue.connectionString}", (string?)resources["worker"]!["env"]!["ConnectionStrings__jobs"]);
        Assert.Equal("{user.value}", (string?)resources["worker"]!["env"]!["JOBS_USERNAME"]);
        Assert.Equal(22, (int?)resources["queue-password"]!["inputs"]!["value"]!["default"]!["generate"]!["minLength"]);
    }

    [Fact]
    public async Task A_reference_to_a_project_hands_over_the_address_of_every_replica()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        var api = builder.AddProject("my-api", fixture.AddProjectFolder("Sample.Api", "http://localhost:0"))
            .WithEndpoint("http", endpoint => endpoint.Port = null).WithReplicas(2).WithExplicitStart();

        var variables = await VariablesOfAsync(fixture, builder, process => process.WithReference(api));

        Assert.StartsWith("http://localhost:", variables["services__my-api__http__0"], StringComparison.Ordinal);
        Assert.Equal(variables["services__my-api__http__0"], variables["MY_API_HTTP"]);
        Assert.NotEqual(variables["services__my-api__http__0"], variables["services__my-api__http__1"]);
    }

    [Fact]
    public async Task Values_in_an_interpolated_variable_are_filled_in()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder("--Parameters:city=Köln & Bonn");
        var city = builder.AddParameter("city");
        var redis = builder.AddRedis("redis").WithExplicitStart();
        var port = redis.GetEndpoint("tcp").Property(EndpointProperty.Port);

        var variables = await VariablesOfAsync(fixture, builder, process => process
            .WithEnvironment("GREETING", $"{{{city:uri}}} on {port}").WithEnvironment("REDIS_PORT", $"{port}"));

        Assert.Equal($"{{K%C3%B6ln%20%26%20Bonn}} on {variables["REDIS_PORT"]}", variables["GREETING"]);
    }

    private static async Task<Dictionary<string, string>> VariablesOfAsync(
        AppHostFixture fixture, IDistributedApplicationBuilder builder,
        Func<IResourceBuilder<ExecutableResource>, IResourceBuilder<ExecutableResource>> configure)
    {
        configure(builder.AddExecutable("probe", "env", fixture.Folder));
        await using var application = builder.Build();
        await application.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", fixture.Error.ToString());
        const string prefix = "[probe] ";
        return fixture.Output.ToString().Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal))
            .Select(line => line[prefix.Length..].Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.First()[1]);
    }
}
