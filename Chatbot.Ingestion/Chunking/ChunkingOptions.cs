using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Chunking;

/// <summary>How large chunks become, in UTF-16 characters. Section <c>Chunking</c>.</summary>
public sealed class ChunkingOptions : IValidatableObject
{
    /// <summary>What a chunk is filled up to, when whole blocks allow it.</summary>
    [Range(100, 10_000)]
    public int TargetLength { get; set; } = 1_000;

    /// <summary>What no chunk exceeds; a longer block is cut.</summary>
    [Range(100, 20_000)]
    public int MaxLength { get; set; } = 1_500;

    /// <summary>The target in Chinese, Japanese and Korean, where a character says about twice as much.</summary>
    [Range(100, 10_000)]
    public int DenseTargetLength { get; set; } = 500;

    /// <summary>The maximum in Chinese, Japanese and Korean.</summary>
    [Range(100, 20_000)]
    public int DenseMaxLength { get; set; } = 750;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxLength < TargetLength) yield return new($"{nameof(MaxLength)} is below {nameof(TargetLength)}.", [nameof(MaxLength)]);
        if (DenseMaxLength < DenseTargetLength) yield return new($"{nameof(DenseMaxLength)} is below {nameof(DenseTargetLength)}.", [nameof(DenseMaxLength)]);
    }
}

[OptionsValidator]
internal sealed partial class ChunkingOptionsValidator : IValidateOptions<ChunkingOptions>;
