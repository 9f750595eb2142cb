using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes resources in the model's order, then what they turned out to refer to.</summary>
internal sealed class ManifestWriter(Utf8JsonWriter json, DistributedApplicationExecutionContext executionContext, string manifestDirectory)
{
    private readonly ManifestReferences _references = new();

    public async Task WriteAsync(IReadOnlyList<IResource> resources, CancellationToken cancellationToken)
    {
        var names = resources.Select(r => r.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var resource in resources.Where(r => r.Annotations.Last<ManifestExclusionAnnotation>() is null))
            await WriteResourceAsync(resource, cancellationToken);

        // Generated passwords are nobody's resource until someone refers to them; their encoded copy stands beside them.
        foreach (var parameter in _references.Parameters.Where(p => !names.Contains(p.Name)).ToList())
        {
            WriteParameter(parameter);
            WriteEncoded(parameter);
        }

        foreach (var parameter in _references.Encoded.ToList())
            WriteEncoded(parameter);
        foreach (var choice in _references.Conditionals)
            WriteConditional(choice);
    }

    private async Task WriteResourceAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is ParameterResource parameter)
        {
            WriteParameter(parameter);
            return;
        }

        json.WriteStartObject(resource.Name);
        switch (resource)
        {
            case ContainerResource container:
                json.WriteString("type", "container.v0");
                WriteConnectionString(resource);
                WriteImage(container);
                WriteArguments(resource);
                WriteMounts(container);
                await WriteEnvironmentAsync(resource, cancellationToken);
                WriteBindings(resource);
                break;
            case ProjectResource project:
                json.WriteString("type", "project.v0");
                json.WriteString("path", Relative(project.Metadata.ProjectPath));
                WriteArguments(resource);
                await WriteEnvironmentAsync(resource, cancellationToken);
                WriteBindings(resource);
                break;
            case ExecutableResource executable:
                json.WriteString("type", "executable.v0");
                json.WriteString("workingDirectory", Relative(executable.WorkingDirectory));
                json.WriteString("command", executable.Command);
                WriteArguments(resource);
                await WriteEnvironmentAsync(resource, cancellationToken);
                WriteBindings(resource);
                break;
            case IResourceWithConnectionString:
                json.WriteString("type", "value.v0");
                WriteConnectionString(resource);
                break;
            default:
                throw new DistributedApplicationException($"Resource '{resource.Name}' has no form in the manifest.");
        }

        json.WriteEndObject();
    }

    private void WriteParameter(ParameterResource parameter)
    {
        json.WriteStartObject(parameter.Name);
        json.WriteString("type", "parameter.v0");
        json.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        json.WriteStartObject("inputs");
        json.WriteStartObject("value");
        json.WriteString("type", "string");
        if (parameter.Secret)
            json.WriteBoolean("secret", true);
        if (parameter.Default is { } value)
        {
            json.WriteStartObject("default");
            value.WriteToManifest(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteEncoded(ParameterResource parameter)
    {
        if (!_references.Encoded.Remove(parameter))
            return;
        json.WriteStartObject(ReferenceExpression.EncodedName(parameter, "uri"));
        json.WriteString("type", "annotated.string");
        json.WriteString("value", parameter.ValueExpression);
        json.WriteString("filter", "uri");
        json.WriteEndObject();
    }

    // A deployment tool cannot decide; what is published is decided now.
    private void WriteConditional(ReferenceExpression.Choice choice)
    {
        var isTls = choice.Condition is EndpointReferenceExpression { Property: EndpointProperty.TlsEnabled } condition
            && condition.Endpoint.EndpointAnnotation.UriScheme is "https" or "rediss";
        var branch = string.Equals(isTls.ToString(), choice.MatchValue, StringComparison.OrdinalIgnoreCase) ? choice.WhenTrue : choice.WhenFalse;
        json.WriteStartObject(choice.Name);
        json.WriteString("type", "value.v0");
        json.WriteString("connectionString", branch.ValueExpression);
        json.WriteEndObject();
    }

    private void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString connection)
            json.WriteString("connectionString", _references.ExpressionOf(connection.ConnectionStringExpression));
    }

    private void WriteImage(ContainerResource container)
    {
        var image = container.Annotations.Last<ContainerImageAnnotation>()
            ?? throw new DistributedApplicationException($"Container '{container.Name}' has no image.");
        json.WriteString("image", image.ToString());
        if (container.Entrypoint is { } entrypoint)
            json.WriteString("entrypoint", entrypoint);
    }

    private void WriteArguments(IResource resource)
    {
        var arguments = ResourceArguments.Of(resource);
        if (arguments.Count == 0)
            return;
        json.WriteStartArray("args");
        foreach (var argument in arguments)
            json.WriteStringValue(_references.ExpressionOf(argument));
        json.WriteEndArray();
    }

    private void WriteMounts(ContainerResource container)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().ToList();
        WriteMounts("volumes", "name", mounts.Where(m => !m.IsBind && m.Source is not null));
        WriteMounts("bindMounts", "source", mounts.Where(m => m.IsBind));
    }

    private void WriteMounts(string property, string sourceName, IEnumerable<ContainerMountAnnotation> mounts)
    {
        if (!mounts.Any())
            return;
        json.WriteStartArray(property);
        foreach (var mount in mounts)
        {
            json.WriteStartObject();
            json.WriteString(sourceName, mount.IsBind ? Relative(mount.Source!) : mount.Source);
            json.WriteString("target", mount.Target);
            json.WriteBoolean("readOnly", mount.IsReadOnly);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private async Task WriteEnvironmentAsync(IResource resource, CancellationToken cancellationToken)
    {
        var variables = await EnvironmentCallbackContext.CollectAsync(resource, executionContext, cancellationToken);
        if (variables.Count == 0)
            return;
        json.WriteStartObject("env");
        foreach (var (name, value) in variables)
            json.WriteString(name, _references.ExpressionOf(value));
        json.WriteEndObject();
    }

    private void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0)
            return;
        json.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            json.WriteStartObject(endpoint.Name);
            json.WriteString("scheme", endpoint.UriScheme);
            json.WriteString("protocol", "tcp");
            json.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != endpoint.TargetPort)
                json.WriteNumber("port", port);
            if (endpoint.TargetPort is { } targetPort)
                json.WriteNumber("targetPort", targetPort);
            if (endpoint.IsExternal)
                json.WriteBoolean("external", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private string Relative(string path) => Path.GetRelativePath(manifestDirectory, path).Replace('\\', '/');
}
