namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is given from outside: by configuration here, by the deployment tool when published.</summary>
/// <param name="valueGetter">Finds the value in run mode; null if there is none.</param>
public sealed class ParameterResource(string name, Func<string?> valueGetter, bool secret)
    : Resource(name), IValueProvider, IManifestExpressionProvider
{
    private readonly Lazy<string?> _value = new(valueGetter);

    /// <summary>Never shown.</summary>
    public bool Secret { get; } = secret;

    /// <summary>What the manifest offers when nothing is given.</summary>
    public ParameterDefault? Default { get; init; }

    public string ValueExpression => $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        new(_value.Value ?? throw new DistributedApplicationException(
            $"Parameter '{Name}' has no value. Set the environment variable Parameters__{Name.Replace('-', '_')}, or pass --Parameters:{Name}=…"
            + (Secret ? $", or keep it out of the way: dotnet user-secrets set Parameters:{Name} … --project <the AppHost>." : ".")));
}
