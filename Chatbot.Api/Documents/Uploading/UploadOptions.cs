using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Documents.Uploading;

/// <summary>What may be uploaded. Section <c>Uploads</c>. Of sizes, a MB has 1,048,576 bytes.</summary>
public sealed class UploadOptions : IValidatableObject
{
    /// <summary>One file, unpacked, in MB. It is read into memory when it is ingested.</summary>
    [Range(1, 1024)]
    public int MaxFileMb { get; set; } = 50;

    /// <summary>All of one request, in MB.</summary>
    [Range(1, 10_240)]
    public int MaxRequestMb { get; set; } = 500;

    /// <summary>Files of one request; those in archives count.</summary>
    [Range(1, 100_000)]
    public int MaxFiles { get; set; } = 1_000;

    /// <summary>What the archives of one request may unpack to, in MB.</summary>
    [Range(1, 102_400)]
    public int MaxUnpackedMb { get; set; } = 1_000;

    /// <summary>Whoever may ask may open the uploads that answers cite; else administrators alone.</summary>
    public bool PublicFiles { get; set; } = true;

    /// <summary>Command that looks for viruses; empty: none. See <see cref="ScannerCommand"/>.</summary>
    public string Scanner { get; set; } = "";

    /// <summary>A scan that takes longer is given up, and the file is not accepted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ScannerLimit { get; set; } = TimeSpan.FromMinutes(1);

    internal long MaxFileBytes => (long)MaxFileMb << 20;

    internal long MaxRequestBytes => (long)MaxRequestMb << 20;

    internal long MaxUnpackedBytes => (long)MaxUnpackedMb << 20;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (MaxRequestMb < MaxFileMb)
            yield return new ValidationResult("Uploads:MaxRequestMb is less than Uploads:MaxFileMb: no file could be as large as it may be.", [nameof(MaxRequestMb)]);
        if (ScannerCommand.Parse(Scanner) is null && !string.IsNullOrWhiteSpace(Scanner))
            yield return new ValidationResult("Uploads:Scanner has a quotation mark without its second one.", [nameof(Scanner)]);
    }
}

[OptionsValidator]
internal sealed partial class UploadOptionsValidator : IValidateOptions<UploadOptions>;
