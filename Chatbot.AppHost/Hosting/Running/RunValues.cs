using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Resolves what a resource is given, as it has to see it.</summary>
internal static class RunValues
{
    public static async Task<Dictionary<string, string>> EnvironmentAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in await EnvironmentCallbackContext.CollectAsync(resource, executionContext, cancellationToken))
            if (await ResolveAsync(value, resource, cancellationToken) is { } text)
                variables[name] = text;
        return variables;
    }

    public static async Task<List<string>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var arguments = new List<string>();
        foreach (var value in ResourceArguments.Of(resource))
            if (await ResolveAsync(value, resource, cancellationToken) is { } text)
                arguments.Add(text);
        return arguments;
    }

    public static async ValueTask<string?> ResolveAsync(object value, IResource caller, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(new ValueProviderContext { Caller = caller }, cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } =>
            await provider.GetValueAsync(new ValueProviderContext { Caller = caller }, cancellationToken),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
