using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Limits for reading one document. Section <c>Extracting</c>.</summary>
public sealed class ExtractingOptions
{
    /// <summary>A document that takes longer is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Memory of a program that reads a file for us, in MB.</summary>
    [Range(64, 16384)]
    public int MemoryMb { get; set; } = 1024;
}

[OptionsValidator]
internal sealed partial class ExtractingOptionsValidator : IValidateOptions<ExtractingOptions>;
