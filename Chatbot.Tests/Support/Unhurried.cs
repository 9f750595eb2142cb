namespace Chatbot.Tests.Support;

/// <summary>Settings with which the product gives nothing up because the machine is busy, and refuses nothing because it is fast. A test whose matter that is sets its own.</summary>
internal static class Unhurried
{
    private const string Long = "00:05:00";

    /// <summary>By the names that configuration has in code, with colons.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Meaning:QuestionTimeout"] = Long,
        ["Meaning:PassagesTimeout"] = Long,
        ["Meaning:ExamplesTimeout"] = Long,
        ["Meaning:FaqsTimeout"] = Long,
        ["Generation:FirstTokenTimeout"] = Long,
        ["Generation:NextTokenTimeout"] = Long,
        ["Generation:CheckTimeout"] = Long,
        ["Generation:CondenseTimeout"] = Long,
        ["Generation:IntentTimeout"] = Long,
        ["Embeddings:Timeout"] = Long,
        ["Rerank:Timeout"] = "00:01:00",
        ["Handover:Timeout"] = "00:01:40",
        ["Uploads:ScannerLimit"] = Long,
        ["Extracting:Limit"] = Long,
        ["Extracting:Ocr:PageLimit"] = Long,
        ["RateLimits:QuestionsPerMinute"] = "0",
        ["RateLimits:SuggestionsPerMinute"] = "0",
        ["RateLimits:SignInsPerMinute"] = "0",
        ["Crawler:Render:StartTimeout"] = Long,
        ["Crawler:Render:Timeout"] = Long,
        ["Crawler:Render:SettleTimeout"] = "00:01:00",
    };
}
