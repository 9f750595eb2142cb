using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>MongoDB.</summary>
public static class MongoDBBuilderExtensions
{
    // An OP_MSG (MongoDB wire protocol) with { hello: 1, $db: "admin" }, which needs no login: 16 bytes of header
    // (length, request 1, answer to 0, opcode 2013), flags, section kind 0, then the document.
    private static readonly byte[] Hello =
    [
        0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xdd, 0x07, 0, 0, 0, 0, 0, 0, 0,
        0x1f, 0, 0, 0, 0x10, .. "hello\0"u8, 1, 0, 0, 0, 0x02, .. "$db\0"u8, 6, 0, 0, 0, .. "admin\0"u8, 0,
    ];

    public static IResourceBuilder<MongoDBServerResource> AddMongoDB(this IDistributedApplicationBuilder builder, string name, int? port) =>
        builder.AddMongoDB(name, port, null, null);

    /// <summary>Adds a server; the user is <c>admin</c>, the password generated and kept, unless given.</summary>
    public static IResourceBuilder<MongoDBServerResource> AddMongoDB(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password?.Resource ?? ParameterBuilderExtensions.GeneratedPassword(builder, $"{name}-password", special: false);
        var server = new MongoDBServerResource(name, userName?.Resource, secret);
        return builder.AddResource(server)
            .WithServerImage("library/mongo", "8.3")
            .WithServerEndpoint("tcp", port, 27017)
            .WithAnnotation(new TcpHealthCheckAnnotation("tcp", Hello))
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["MONGO_INITDB_ROOT_USERNAME"] = server.UserNameReference;
                context.EnvironmentVariables["MONGO_INITDB_ROOT_PASSWORD"] = secret;
            });
    }

    /// <summary>Adds a database; it is named as the resource unless said otherwise.</summary>
    public static IResourceBuilder<MongoDBDatabaseResource> AddDatabase(
        this IResourceBuilder<MongoDBServerResource> builder, string name, string? databaseName = null) =>
        builder.ApplicationBuilder.AddResource(new MongoDBDatabaseResource(name, databaseName ?? name, builder.Resource));

    public static IResourceBuilder<MongoDBServerResource> WithDataVolume(
        this IResourceBuilder<MongoDBServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithServerVolume(name, "/data/db", isReadOnly);
}
