namespace Chatbot.Api.Documents.Uploading;

/// <summary>What the virus scanner said of a file.</summary>
internal abstract record ScanResult
{
    private ScanResult()
    {
    }

    /// <summary>Nothing was found, or there is no scanner.</summary>
    public sealed record Clean : ScanResult;

    /// <param name="Finding">The scanner's first line; empty when it said nothing.</param>
    public sealed record Infected(string Finding) : ScanResult;

    /// <summary>It could not be scanned.</summary>
    /// <param name="Problem">Why, for people.</param>
    public sealed record NotScanned(string Problem) : ScanResult;
}
