namespace Chatbot.Core.Faqs;

/// <summary>What an entry of questions and answers says. As JSON it is the blob of the entry's document.</summary>
public sealed record FaqContent
{
    /// <summary>The media type of the blob.</summary>
    public const string MediaType = "application/vnd.chatbot.faq+json";

    public required string Question { get; init; }

    /// <summary>Other ways to ask the same.</summary>
    public IReadOnlyList<string>? Alternatives { get; init; }

    /// <summary>Plain text; blank lines divide paragraphs, lines that begin with a bullet or a number are items of a list.</summary>
    public required string Answer { get; init; }

    /// <summary>Two-letter code; null when it could not be told.</summary>
    public string? Language { get; init; }

    /// <summary>The web address to cite; null cites the entry's own page on this server.</summary>
    public string? Link { get; init; }

    /// <summary>
    /// Names the question within a knowledge base: the same for questions that differ in capitals, blanks or the signs at
    /// their end. SHA-256.
    /// </summary>
    public string QuestionHash() => Ids.Hash($"{Language}\n{string.Join(' ', Question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('?', '!', '.', ' ', '？', '！', '。').ToLowerInvariant()}");
}
