namespace Chatbot.Web.Search;

/// <param name="Answerable">How likely the passages answer the question, 0 to 1.</param>
internal sealed record SearchResult(IReadOnlyList<FoundPassage> Items, int Total, double Ms, double Answerable, SearchExplanation? Explanation, int Guarded = 0);

internal sealed record FoundPassage(int Rank, double Score, string Url, string? Title, IReadOnlyList<string>? HeadingPath, string Text, string DocumentId);

/// <summary>How a search came to its passages.</summary>
internal sealed record SearchExplanation(
    IReadOnlyList<WordExplanation> Words, int Candidates, SearchTimings Timings, IReadOnlyList<PassageExplanation> Passages, ExpectedPage? Expected);

internal sealed record WordExplanation(string Text, double Idf, IReadOnlyList<string> Terms, IReadOnlyList<string> ReadAs);

/// <summary>In milliseconds.</summary>
internal sealed record SearchTimings(double Meaning, double Index, double Missing, double Ranking);

/// <param name="RankByWords">0 when words alone did not find it; the same for meaning.</param>
internal sealed record PassageExplanation(
    int Rank, double Score, double Words, double? Cosine, double Coverage, int RankByWords, int RankByMeaning, IReadOnlyList<string> MatchedWords,
    IReadOnlyList<FeatureExplanation> Features);

internal sealed record FeatureExplanation(string Name, double Value, double Contribution);

/// <summary>A page that should have been found.</summary>
/// <param name="Reason">found, outranked, not-near, no-text, not-indexed, not-crawled, or what the crawl says.</param>
internal sealed record ExpectedPage(string Url, string Reason, string Detail, PassageExplanation? Passage, IReadOnlyList<string> OutrankedBy);
