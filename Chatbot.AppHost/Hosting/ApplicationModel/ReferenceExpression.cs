using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Text with values in it that are filled in when the application runs, and written as expressions when it is
/// published. Immutable. Either a row of parts, or a condition with two branches.
/// </summary>
public sealed partial class ReferenceExpression : IValueProvider, IManifestExpressionProvider
{
    private ReferenceExpression(IReadOnlyList<Part> parts) => Parts = parts;

    private ReferenceExpression(Choice choice)
    {
        Parts = [];
        Conditional = choice;
    }

    /// <summary>A literal (value null) or a value with an optional format; <c>uri</c> percent-encodes it.</summary>
    internal readonly record struct Part(string Literal, object? Value, string? Format);

    /// <summary>A test that is made where the expression is used, and what follows from it.</summary>
    internal sealed record Choice(
        string Name, IValueProvider Condition, string MatchValue, ReferenceExpression WhenTrue, ReferenceExpression WhenFalse);

    internal IReadOnlyList<Part> Parts { get; }

    internal Choice? Conditional { get; }

    public string ValueExpression => Conditional is { } choice
        ? $"{{{choice.Name}.connectionString}}"
        : string.Concat(Parts.Select(Expression));

    /// <summary>Makes an expression from an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts);

    /// <summary>Chooses <paramref name="whenTrue"/> if the condition has the value, ignoring case.</summary>
    public static ReferenceExpression CreateConditional(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        var name = ConditionalNames.Of(condition, matchValue, whenTrue, whenFalse);
        return new ReferenceExpression(new Choice(name, condition, matchValue, whenTrue, whenFalse));
    }

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (Conditional is { } choice)
        {
            var value = await choice.Condition.GetValueAsync(context, cancellationToken);
            var branch = string.Equals(value, choice.MatchValue, StringComparison.OrdinalIgnoreCase) ? choice.WhenTrue : choice.WhenFalse;
            return await branch.GetValueAsync(context, cancellationToken);
        }

        var texts = new string[Parts.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            var part = Parts[i];
            texts[i] = part.Value is IValueProvider provider
                ? Encode(await provider.GetValueAsync(context, cancellationToken) ?? "", part.Format)
                : part.Literal;
        }

        return string.Concat(texts);
    }

    /// <summary>The name under which a manifest has the encoded copy of a parameter.</summary>
    internal static string EncodedName(ParameterResource parameter, string format) => $"{parameter.Name}-{format}-encoded";

    private static string Expression(Part part) => part switch
    {
        { Value: ParameterResource parameter, Format: { } format } => $"{{{EncodedName(parameter, format)}.value}}",
        { Value: IManifestExpressionProvider provider } => provider.ValueExpression,
        _ => part.Literal.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal),
    };

    private static string Encode(string value, string? format) => format switch
    {
        null => value,
        "uri" => Uri.EscapeDataString(value),
        _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Unknown format '{format}'; 'uri' is the only one.")),
    };
}
