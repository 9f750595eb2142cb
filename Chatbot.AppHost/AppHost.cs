// The application as a picture: what runs, what each part needs, who waits for whom.
// Without arguments everything runs in one process; the servers are for production and for --profile servers.
#pragma warning disable ASPIREPROBES001 // WithHttpProbe is marked experimental.

var builder = DistributedApplication.CreateBuilder(args);

var profile = builder.ExecutionContext.IsPublishMode ? "servers" : builder.Configuration["profile"] ?? "embedded";
if (profile is not ("embedded" or "servers"))
{
    Console.Error.WriteLine($"There is no profile '{profile}'. Use --profile embedded (the default) or --profile servers.");
    return 2;
}

if (profile == "embedded")
{
    // Everything in one process, with its data in the folder the command line uses as well.
    builder.AddProject<Projects.Chatbot_Server>("chatbot")
        .WithEnvironment("CHATBOT_DATA", builder.Configuration["CHATBOT_DATA"] ?? Path.GetFullPath("../data", builder.AppHostDirectory))
        .WithHttpHealthCheck("/health", endpointName: "http")
        .WithExternalHttpEndpoints();

    builder.Build().Run();
    return Environment.ExitCode;
}

// Secrets of our own: letters and digits only, for they are pasted into URIs.
var qdrantKey = builder.AddParameter("qdrant-key", Generated(), secret: true, persist: true);
var rabbitPassword = builder.AddParameter("rabbitmq-password", Generated(), secret: true, persist: true);
var redisPassword = builder.AddParameter("redis-password", Generated(), secret: true, persist: true);
var mongoPassword = builder.AddParameter("mongodb-password", Generated(), secret: true, persist: true);
var mysqlPassword = builder.AddParameter("mysql-password", Generated(), secret: true, persist: true);

// The language model: any OpenAI-compatible endpoint. Without one, answers are extracts.
var llmUrl = builder.AddParameter("llm-url", () => builder.Configuration["OPENAI_BASE_URL"] ?? "");
var llmKey = builder.AddParameter("llm-key", () => builder.Configuration["OPENAI_API_KEY"] ?? "", secret: true);
var llmModel = builder.AddParameter("llm-model", () => builder.Configuration["CHAT_MODEL"] ?? "");

// Qdrant: the chunks, by words and by meaning.
var qdrant = builder.AddQdrant("qdrant", qdrantKey).WithDataVolume("chatbot-qdrant");

// RabbitMQ: the jobs between the services.
var rabbitmq = builder.AddRabbitMQ("rabbitmq", password: rabbitPassword).WithDataVolume("chatbot-rabbitmq");

// Redis: the caches.
var redis = builder.AddRedis("redis", password: redisPassword).WithDataVolume("chatbot-redis");

// MongoDB: extractions and transcripts.
var chatdb = builder.AddMongoDB("mongodb", password: mongoPassword).WithDataVolume("chatbot-mongodb").AddDatabase("chatdb");

// MySQL: everything else.
var appdb = builder.AddMySql("mysql", mysqlPassword).WithDataVolume("chatbot-mysql").AddDatabase("appdb");

// The HTTP API: retrieval and answering.
var api = builder.AddProject<Projects.Chatbot_Api>("api")
    .WithReference(appdb, "mysql").WithReference(rabbitmq).WithReference(redis).WithReference(qdrant).WithReference(chatdb, "mongodb")
    .WithEnvironment("OPENAI_BASE_URL", llmUrl).WithEnvironment("OPENAI_API_KEY", llmKey).WithEnvironment("CHAT_MODEL", llmModel)
    .WaitFor(appdb).WaitFor(rabbitmq).WaitFor(redis).WaitFor(qdrant).WaitFor(chatdb)
    .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http")
    .WithExternalHttpEndpoints()
    .WithReplicas(2);

// The crawler: schedules, frontier, fetching.
builder.AddProject<Projects.Chatbot_Crawler>("crawler")
    // A quarter less memory for the same work (docs/benchmarks.md); hexadecimal. Not all have a setting in runtimeconfig.json.
    .WithEnvironment("DOTNET_GCgen0size", "800000").WithEnvironment("DOTNET_GCgen0MaxBudget", "800000")
    .WithEnvironment("DOTNET_GCRegionSize", "100000").WithEnvironment("DOTNET_GCLOHThreshold", "100000")
    .WithEnvironment("MALLOC_ARENA_MAX", "1")
    .WithReference(appdb, "mysql").WithReference(rabbitmq).WithReference(redis)
    .WaitFor(appdb).WaitFor(rabbitmq).WaitFor(redis)
    .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http");

// Ingestion: extract, chunk, embed, index.
builder.AddProject<Projects.Chatbot_Ingestion>("ingestion")
    .WithReference(appdb, "mysql").WithReference(rabbitmq).WithReference(redis).WithReference(qdrant).WithReference(chatdb, "mongodb")
    .WaitFor(appdb).WaitFor(rabbitmq).WaitFor(redis).WaitFor(qdrant).WaitFor(chatdb)
    .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http")
    .WithReplicas(2);

// The web pages, which use the API as any other client does.
builder.AddProject<Projects.Chatbot_Web>("web")
    .WithReference(api).WaitFor(api)
    .WithHttpProbe(ProbeType.Readiness, "/health", endpointName: "http")
    .WithExternalHttpEndpoints();

builder.Build().Run();
return Environment.ExitCode;

static GenerateParameterDefault Generated() => new() { MinLength = 22, Special = false };
