using System.Security.Cryptography;
using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random text from a cryptographic source, made anew at each call.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Without i, l, o and their capitals, which are misread; the manifest's readers use the same sets.
    private const string Lowers = "abcdefghjkmnpqrstuvwxyz";
    private const string Uppers = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Specials = "-_.{}~()*+!";

    /// <summary>The length of the text, in characters.</summary>
    public int MinLength { get; init; } = 22;

    public bool Lower { get; init; } = true;

    public bool Upper { get; init; } = true;

    public bool Numeric { get; init; } = true;

    /// <summary>Also <c>-_.{}~()*+!</c>. Leave it off where the text is pasted into a URI.</summary>
    public bool Special { get; init; } = true;

    public override string GetDefaultValue()
    {
        var alphabet = string.Concat(Lower ? Lowers : "", Upper ? Uppers : "", Numeric ? Digits : "", Special ? Specials : "");
        return RandomNumberGenerator.GetString(alphabet, MinLength);
    }

    internal override void WriteToManifest(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        WriteIfOff(writer, "lower", Lower);
        WriteIfOff(writer, "upper", Upper);
        WriteIfOff(writer, "numeric", Numeric);
        WriteIfOff(writer, "special", Special);
        writer.WriteEndObject();
    }

    private static void WriteIfOff(Utf8JsonWriter writer, string name, bool value)
    {
        if (!value)
            writer.WriteBoolean(name, false);
    }
}
