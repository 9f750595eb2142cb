using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>Limits for PDF files. Section <c>Extracting:Pdf</c>.</summary>
public sealed class PdfOptions
{
    /// <summary>Pages that are read of one file; what comes after them is left out, and said so.</summary>
    [Range(1, 100_000)]
    public int MaxPages { get; set; } = 5_000;

    /// <summary>What a program may write about one file, in MB; about ten times the text. A file with more is not read.</summary>
    [Range(1, 1024)]
    public int MaxOutputMb { get; set; } = 64;
}

[OptionsValidator]
internal sealed partial class PdfOptionsValidator : IValidateOptions<PdfOptions>;
