using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Redis.</summary>
public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port) =>
        builder.AddRedis(name, port, null);

    /// <summary>Adds a Redis server; without a password one is generated and kept.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password?.Resource ?? ParameterBuilderExtensions.GeneratedPassword(builder, $"{name}-password", special: false);
        var server = new RedisResource(name, secret) { Entrypoint = "/bin/sh" };
        return builder.AddResource(server)
            .WithServerImage("library/redis", "8.6")
            .WithServerEndpoint("tcp", port, 6379, "redis")
            // Any answer will do, and without a password it is an error.
            .WithAnnotation(new TcpHealthCheckAnnotation("tcp", "PING\r\n"u8.ToArray()))
            .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = secret)
            .WithAnnotation(new CommandLineArgsAnnotation(args => args.AddRange("-c", Command(server))));
    }

    /// <summary>Saves the data when that many keys have changed in that time (default: one in a minute).</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        builder.Resource.Persistence = (interval ?? TimeSpan.FromMinutes(1), keysChangedThreshold);
        return builder;
    }

    /// <summary>Keeps the data in a volume, and turns saving on.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        if (!isReadOnly && builder.Resource.Persistence is null)
            builder.WithPersistence();
        return builder.WithServerVolume(name, "/data", isReadOnly);
    }

    // The shell fills in the password, so that it stands in no command line.
    private static string Command(RedisResource server) => "redis-server --requirepass $REDIS_PASSWORD"
        + (server.Persistence is var (interval, keys)
            ? string.Create(CultureInfo.InvariantCulture, $" --save {(long)interval.TotalSeconds} {keys}")
            : "");
}
