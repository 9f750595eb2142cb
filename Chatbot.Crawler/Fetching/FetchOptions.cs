using System.ComponentModel.DataAnnotations;

namespace Chatbot.Crawler.Fetching;

/// <summary>Limits of a single request. Section <c>Crawler:Fetch</c>.</summary>
public sealed class FetchOptions
{
    /// <summary>Where site owners can complain: an address or URL, added to the user agent. Empty adds nothing.</summary>
    [MaxLength(200)]
    [RegularExpression(@"[\x21-\x27\x2A-\x7E]*", ErrorMessage = "Crawler:Fetch:Contact must be printable ASCII without blanks and parentheses.")]
    public string Contact { get; set; } = "";

    /// <summary>To resolve the name, connect and agree on TLS.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From sending the request to the first byte of the answer; connecting comes on top.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For the whole body.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of a page or text, decompressed.</summary>
    [Range(1_000, 500_000_000)]
    public int MaxPageBytes { get; set; } = 20_000_000;

    /// <summary>Bytes of a PDF or an office file.</summary>
    [Range(1_000, 1_000_000_000)]
    public int MaxPdfBytes { get; set; } = 50_000_000;

    /// <summary>Bytes of a picture on a page, where a site has them read.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxImageBytes { get; set; } = 10_000_000;

    /// <summary>Pictures of one page that are read at most.</summary>
    [Range(1, 1_000)]
    public int MaxImages { get; set; } = 20;
}
