using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>Limits for office files and CSV. Section <c>Extracting:Office</c>.</summary>
public sealed class OfficeOptions
{
    /// <summary>What is unpacked of one file, in MB: its text parts, not its pictures. A file with more is not read.</summary>
    [Range(1, 4096)]
    public int MaxUnpackedMb { get; set; } = 128;

    /// <summary>Parts within one file. A file with more is not read.</summary>
    [Range(10, 1_000_000)]
    public int MaxParts { get; set; } = 10_000;

    /// <summary>Rows that are read of a workbook or a CSV file; what comes after them is left out, and said so.</summary>
    [Range(1, 10_000_000)]
    public int MaxRows { get; set; } = 50_000;

    /// <summary>Columns that are read of a table; those to the right of them are left out, and said so.</summary>
    [Range(1, 16_384)]
    public int MaxColumns { get; set; } = 200;

    /// <summary>Characters of a workbook or a CSV file, in millions; what comes after them is left out, and said so.</summary>
    [Range(1, 1_000)]
    public int MaxMillionCharacters { get; set; } = 20;
}

[OptionsValidator]
internal sealed partial class OfficeOptionsValidator : IValidateOptions<OfficeOptions>;
