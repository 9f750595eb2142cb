namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rule for resource names. They become host names, so it is that of a DNS label, but for the 64.</summary>
internal static class ResourceNames
{
    private const int MaxLength = 64;

    /// <summary>Returns the name, or says what is wrong with it.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public static string Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Fault(name) is { } fault
            ? throw new ArgumentException($"Resource name '{name}' is invalid. {fault}", nameof(name))
            : name;
    }

    private static string? Fault(string name) => name switch
    {
        { Length: 0 or > MaxLength } => $"It must have 1 to {MaxLength} characters.",
        _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => "Only ASCII letters, digits and '-' are allowed.",
        _ when !char.IsAsciiLetter(name[0]) => "It must start with an ASCII letter.",
        _ when name.Contains("--", StringComparison.Ordinal) => "It cannot contain '--'.",
        _ when name.EndsWith('-') => "It cannot end with '-'.",
        _ => null,
    };
}
