using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>How pictures of pages are read. Section <c>Extracting:Ocr</c>.</summary>
public sealed class OcrOptions
{
    /// <summary>Read pages that have no usable text with Tesseract.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The program Tesseract, a name on the PATH or a path.</summary>
    [Required]
    public string Program { get; set; } = "tesseract";

    /// <summary>
    /// Languages of the documents as Tesseract calls them, the most frequent first. Those that are not installed are left
    /// out. The language of a document's other pages goes first.
    /// </summary>
    [Required, RegularExpression(@"^[A-Za-z_]{3,20}(\+[A-Za-z_]{3,20}){0,9}$")]
    public string Languages { get; set; } = "deu+eng+fra+chi_sim";

    /// <summary>Dots per inch that pages are drawn with; fewer when the scan itself has fewer. Tesseract is made for 300.</summary>
    [Range(100, 600)]
    public int Dpi { get; set; } = 300;

    /// <summary>A page that takes longer is given up; the others are read.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan PageLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Pages of one document that are read like this; the pages after them are left out, and said so.</summary>
    [Range(1, 10_000)]
    public int MaxPages { get; set; } = 500;

    /// <summary>Dots of a picture on a page, in thousands, below which it is not read: such are icons, faces and ornaments.</summary>
    [Range(1, 100_000)]
    public int MinImageThousandDots { get; set; } = 60;

    /// <summary>Dots of a picture on a page, in millions, above which it is not read: a small file may unpack to a large one.</summary>
    [Range(1, 400)]
    public int MaxImageMillionDots { get; set; } = 50;

    /// <summary>Pictures of one office file that are read, where its site has pictures read or <see cref="ImagesOfUploads"/> says so.</summary>
    [Range(1, 10_000)]
    public int MaxImages { get; set; } = 100;

    /// <summary>Read the text in pictures of uploaded office files, too. Off unless asked for: each takes a second of a core.</summary>
    public bool ImagesOfUploads { get; set; }

    /// <summary>Pages that a process reads at once; 0 takes one per core, fewer when memory is short.</summary>
    [Range(0, 256)]
    public int Parallel { get; set; }
}

[OptionsValidator]
internal sealed partial class OcrOptionsValidator : IValidateOptions<OcrOptions>;
