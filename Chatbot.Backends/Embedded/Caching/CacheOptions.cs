using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded.Caching;

/// <summary>The cache in memory. Section <c>Cache</c>.</summary>
public sealed class CacheOptions
{
    /// <summary>Megabytes (2^20 bytes) that values with their keys and tags may take, 1 to 4,096. What was used longest ago goes first.</summary>
    [Range(1, 4096)]
    public int SizeMb { get; set; } = 32;
}

[OptionsValidator]
internal sealed partial class CacheOptionsValidator : IValidateOptions<CacheOptions>;
