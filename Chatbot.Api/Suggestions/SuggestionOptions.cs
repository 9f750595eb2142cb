using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Suggestions;

/// <summary>Which questions of visitors are suggested to others. Section <c>Suggestions</c>.</summary>
public sealed class SuggestionOptions
{
    /// <summary>A question is suggested when at least so many visitors asked it: one visitor's words are not for others to read.</summary>
    [Range(2, 1_000)]
    public int MinVisitors { get; set; } = 3;

    /// <summary>Days that are looked back over.</summary>
    [Range(1, 3_650)]
    public int Days { get; set; } = 90;

    /// <summary>How often what visitors asked is looked through again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(10);
}

[OptionsValidator]
internal sealed partial class SuggestionOptionsValidator : IValidateOptions<SuggestionOptions>;
