using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.RateLimits;

/// <summary>How often one client (by its address) may ask. Section <c>RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Questions and ratings a minute; 0 sets no limit. An office behind one address asks less, a script that copies the site more.</summary>
    [Range(0, 1_000_000)]
    public int QuestionsPerMinute { get; set; } = 600;

    /// <summary>Requests for suggestions a minute; 0 sets no limit. One visitor who types asks about two a second.</summary>
    [Range(0, 1_000_000)]
    public int SuggestionsPerMinute { get; set; } = 3_000;

    /// <summary>Attempts to sign in a minute; 0 sets no limit.</summary>
    [Range(0, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 10;
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;
