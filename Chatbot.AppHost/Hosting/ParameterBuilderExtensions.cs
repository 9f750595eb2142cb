using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Parameters: values from outside.</summary>
public static class ParameterBuilderExtensions
{
    /// <summary>A parameter whose value must be given: <c>Parameters:{name}</c>, or the same with <c>_</c> for <c>-</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => Configured(builder.Configuration, name), secret));

    /// <summary>A parameter with a value of its own.</summary>
    /// <param name="publishValueAsDefault">Whether the manifest offers the value.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <inheritdoc cref="AddParameter(IDistributedApplicationBuilder, string, string, bool, bool)"/>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false,
        bool secret = false) => publishValueAsDefault && secret
            ? throw new ArgumentException($"Parameter '{name}' cannot be both secret and published.", nameof(secret))
            : builder.AddResource(new ParameterResource(name, valueGetter, secret)
            {
                Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null,
            });

    /// <summary>A parameter with a default for when nothing is configured.</summary>
    /// <param name="persist">Whether run mode keeps the default in the user secrets, so that the next run has the same.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.AddResource(WithDefault(builder, name, value, secret, persist));

    /// <summary>A server's password that nobody declared: 22 random characters, kept. Not in the model, so published after it.</summary>
    internal static ParameterResource GeneratedPassword(IDistributedApplicationBuilder builder, string name, bool special) =>
        WithDefault(builder, name, new GenerateParameterDefault { Special = special }, secret: true, persist: true);

    private static ParameterResource WithDefault(
        IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist)
    {
        return new ParameterResource(name, () => Configured(builder.Configuration, name) ?? Default(), secret) { Default = value };

        string Default()
        {
            var text = value.GetDefaultValue();
            if (persist && builder is DistributedApplicationBuilder { ExecutionContext.IsRunMode: true } own)
                own.Secrets.Set($"Parameters:{name}", text);
            return text;
        }
    }

    private static string? Configured(IConfiguration configuration, string name) =>
        configuration[$"Parameters:{name}"] ?? configuration[$"Parameters:{name.Replace('-', '_')}"];
}
