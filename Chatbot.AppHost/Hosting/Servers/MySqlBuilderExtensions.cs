using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>MySQL.</summary>
public static class MySqlBuilderExtensions
{
    /// <summary>Adds a server; without a password for root one is generated and kept.</summary>
    public static IResourceBuilder<MySqlServerResource> AddMySql(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password?.Resource ?? ParameterBuilderExtensions.GeneratedPassword(builder, $"{name}-password", special: true);
        return builder.AddResource(new MySqlServerResource(name, secret))
            .WithServerImage("library/mysql", "9.7")
            .WithServerEndpoint("tcp", port, 3306)
            // A MySQL server speaks first.
            .WithAnnotation(new TcpHealthCheckAnnotation("tcp", []))
            .WithEnvironment(context => context.EnvironmentVariables["MYSQL_ROOT_PASSWORD"] = secret);
    }

    /// <summary>Adds a database; in run mode it is created once the server is up, when published its users create it.</summary>
    public static IResourceBuilder<MySqlDatabaseResource> AddDatabase(
        this IResourceBuilder<MySqlServerResource> builder, string name, string? databaseName = null)
    {
        var database = databaseName ?? name;
        var quoted = $"`{database.Replace("`", "``", StringComparison.Ordinal)}`";
        builder.WithAnnotation(new ReadyCommandAnnotation(
            ["mysql", "--user=root", $"--execute=CREATE DATABASE IF NOT EXISTS {quoted}"],
            new Dictionary<string, object> { ["MYSQL_PWD"] = builder.Resource.PasswordParameter }));
        return builder.ApplicationBuilder.AddResource(new MySqlDatabaseResource(name, database, builder.Resource));
    }

    public static IResourceBuilder<MySqlServerResource> WithDataVolume(
        this IResourceBuilder<MySqlServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithServerVolume(name, "/var/lib/mysql", isReadOnly);
}
