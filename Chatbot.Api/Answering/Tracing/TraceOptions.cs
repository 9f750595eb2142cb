using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Tracing;

/// <summary>What is kept of how answers came about. Section <c>Traces</c>.</summary>
public sealed class TraceOptions
{
    /// <summary>Days until it is deleted; 0 keeps nothing.</summary>
    [Range(0, 3_650)]
    public int Days { get; set; } = 14;

    /// <summary>Kilobytes (1,024 characters) of one answer's trace at most; the longest details are cut.</summary>
    [Range(4, 1_024)]
    public int LargestKb { get; set; } = 64;
}

[OptionsValidator]
internal sealed partial class TraceOptionsValidator : IValidateOptions<TraceOptions>;
