namespace Chatbot.Core.KnowledgeBases;

/// <summary>How passages are chosen in a knowledge base, where that is to differ from what holds for all; null changes nothing.</summary>
public sealed record RetrievalSettings
{
    public const int MostPassages = 20, MostOfPage = 10, ShortestPassage = 300, LongestPassage = 6_000, MostDays = 3_650, MostPrefixes = 20;

    /// <summary>Where what is newest counts twenty times as likely, nothing else decides any more.</summary>
    public const double MostFreshness = 3;

    public const int DefaultFreshnessDays = 180;

    /// <summary>Passages that an answer is made from, 1 to <see cref="MostPassages"/>.</summary>
    public int? Passages { get; init; }

    /// <summary>Passages of one page or file among them, 1 to <see cref="MostOfPage"/>; null gives a third one behind other pages only.</summary>
    public int? PassagesPerPage { get; init; }

    /// <summary>
    /// Characters up to which a passage is filled with what stands around the words that were found, <see cref="ShortestPassage"/>
    /// to <see cref="LongestPassage"/>. What was found itself stays whole.
    /// </summary>
    public int? PassageCharacters { get; init; }

    /// <summary>
    /// What has just changed counts e to the power of this times as likely as what has not changed for long, 0 to <see cref="MostFreshness"/>;
    /// half of the power after <see cref="FreshnessDays"/>. Null and 0 do not look at age.
    /// </summary>
    public double? Freshness { get; init; }

    /// <summary>Null is <see cref="DefaultFreshnessDays"/>.</summary>
    public int? FreshnessDays { get; init; }

    /// <summary>Only documents whose URL begins like one of these are found; none finds all.</summary>
    public IReadOnlyList<string> UrlPrefixes { get; init => field = value ?? []; } = [];
}
