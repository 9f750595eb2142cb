using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a parameter's value comes from if nobody gives one.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value in run mode; asked for once.</summary>
    public abstract string GetDefaultValue();

    /// <summary>Writes the content of the manifest's <c>default</c> object.</summary>
    internal abstract void WriteToManifest(Utf8JsonWriter writer);
}

/// <summary>A fixed text.</summary>
internal sealed class ConstantParameterDefault(Func<string> valueGetter) : ParameterDefault
{
    public override string GetDefaultValue() => valueGetter();

    internal override void WriteToManifest(Utf8JsonWriter writer) => writer.WriteString("value", valueGetter());
}
