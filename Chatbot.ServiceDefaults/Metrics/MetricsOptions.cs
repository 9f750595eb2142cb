using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.ServiceDefaults.Metrics;

/// <summary>Who may read <c>/metrics</c>. Section <c>Metrics</c>.</summary>
public sealed class MetricsOptions : IValidatableObject
{
    private const int ShortestToken = 16;

    /// <summary>Which addresses. A token, where one is set, is needed from all of them.</summary>
    public MetricsAccess Access { get; set; } = MetricsAccess.Private;

    /// <summary>What a scraper sends as <c>Authorization: Bearer …</c>; null asks for none.</summary>
    public string? Token { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Token) && Token.Trim().Length < ShortestToken)
            yield return new ValidationResult($"Metrics:Token is shorter than {ShortestToken} characters: it could be guessed. `openssl rand -hex 24` makes one.", [nameof(Token)]);
    }
}

/// <summary>From where metrics may be read.</summary>
public enum MetricsAccess
{
    /// <summary>This machine and private networks, and not through a proxy that says it forwards.</summary>
    Private,

    /// <summary>Everywhere.</summary>
    Everyone,

    /// <summary>Nowhere; metrics are sent to a collector, if any.</summary>
    Nobody,
}

[OptionsValidator]
internal sealed partial class MetricsOptionsValidator : IValidateOptions<MetricsOptions>;
