using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>RabbitMQ.</summary>
public static class RabbitMQBuilderExtensions
{
    private const string DataDirectory = "/var/lib/rabbitmq";

    /// <summary>Adds a broker; the user is <c>guest</c>, the password generated and kept, unless given.</summary>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password?.Resource ?? ParameterBuilderExtensions.GeneratedPassword(builder, $"{name}-password", special: false);
        var server = new RabbitMQServerResource(name, userName?.Resource, secret);
        return builder.AddResource(server)
            .WithServerImage("library/rabbitmq", "4.3")
            .WithServerEndpoint("tcp", port, 5672)
            // The AMQP 0-9-1 protocol header; a broker that is up answers it with Connection.Start.
            .WithAnnotation(new TcpHealthCheckAnnotation("tcp", "AMQP\0\0\u0009\u0001"u8.ToArray()))
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["RABBITMQ_DEFAULT_USER"] = server.UserNameReference;
                context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = secret;

                // Data lie in a folder named for the node, and a container's host name changes with every run.
                if (context.ExecutionContext.IsRunMode && server.Annotations.OfType<ContainerMountAnnotation>().Any(m => m.Target == DataDirectory))
                    context.EnvironmentVariables["RABBITMQ_NODENAME"] = $"{name}@localhost";
            });
    }

    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithServerVolume(name, DataDirectory, isReadOnly);
}
