using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <inheritdoc cref="IDistributedApplicationBuilder"/>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly List<IResource> _resources = [];
    private readonly DistributedApplicationOptions _options;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        _options = options;
        AppHostDirectory = options.ProjectDirectory ?? FromBuild("apphostprojectpath") ?? Directory.GetCurrentDirectory();
        Secrets = new UserSecrets(options.UserSecretsPath
            ?? PathHelper.GetSecretsPathFromSecretsId(FromBuild("apphostusersecretsid") ?? "aspire-apphost"));

        Configuration.AddJsonFile(Secrets.Path, optional: true);
        Configuration.AddEnvironmentVariables();
        Configuration.AddCommandLine(options.Args);

        // The tools say either: azd names the publisher, the aspire command the operation.
        ExecutionContext = new DistributedApplicationExecutionContext(
            Configuration["publisher"] is not null || Configuration["operation"] == "publish");
    }

    public ConfigurationManager Configuration { get; } = new();

    IConfigurationManager IDistributedApplicationBuilder.Configuration => Configuration;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IReadOnlyList<IResource> Resources => _resources;

    public string AppHostDirectory { get; }

    internal UserSecrets Secrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (_resources.Find(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)) is { } other)
            throw new DistributedApplicationException(
                $"Cannot add resource '{resource.Name}': '{other.Name}' exists already, and names must differ in more than case.");
        _resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build() => new(
        _options, Configuration, ExecutionContext, _resources, Path.GetFileName(AppHostDirectory).ToLowerInvariant());

    // A test's or a tool's own entry assembly knows nothing; the AppHost is then the assembly this code is part of.
    private static string? FromBuild(string key) =>
        new[] { Assembly.GetEntryAssembly(), typeof(DistributedApplicationBuilder).Assembly }
            .OfType<Assembly>()
            .SelectMany(assembly => assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
            .FirstOrDefault(attribute => attribute.Key == key)?.Value;
}
