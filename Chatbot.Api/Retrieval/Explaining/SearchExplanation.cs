using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval.Explaining;

/// <summary>How a search came to its passages.</summary>
/// <param name="Words">The question's words as the index looked them up.</param>
/// <param name="Answerable">How likely the best passages answer the question, 0 to 1.</param>
/// <param name="Passages">The parts of each passage's score, in the order of the results.</param>
/// <param name="Expected">Why the page that was asked about is not among them, or where it is; null when none was named.</param>
public sealed record SearchExplanation(
    IReadOnlyList<WordExplanation> Words,
    IReadOnlyList<QuestionPhrase> Phrases,
    double Answerable,
    int Candidates,
    SearchTimings Timings,
    IReadOnlyList<PassageExplanation> Passages,
    ExpectedPage? Expected);

/// <param name="Idf">How rare it is; for a word that the index lacks as rare as any.</param>
/// <param name="Terms">What was looked for; empty when the index lacks it.</param>
/// <param name="ReadAs">What it was taken for, when it looked like a typing error.</param>
public sealed record WordExplanation(string Text, double Idf, IReadOnlyList<string> Terms, IReadOnlyList<string> ReadAs);

/// <summary>In milliseconds.</summary>
/// <param name="Meaning">The question's vector.</param>
/// <param name="Index">Both sides of the index.</param>
/// <param name="Missing">Vectors of fresh passages, made for this question.</param>
/// <param name="Ranking">Features, learned ranking, copies.</param>
public sealed record SearchTimings(double Meaning, double Index, double Missing, double Ranking);

/// <summary>The parts of a passage's score.</summary>
/// <param name="Score">By the learned ranking; comparable within one search only.</param>
/// <param name="Words">BM25 over all fields; <paramref name="Body"/>, <paramref name="Headings"/> and <paramref name="Document"/> over the text, over title and headings, over the whole document.</param>
/// <param name="Cosine">Null while it has no vector.</param>
/// <param name="RankByWords">Its place from 1 if words alone decided; 0 when they did not find it.</param>
/// <param name="RankByMeaning">The same for vectors.</param>
/// <param name="Features">What the learned ranking saw, the weightiest first; empty for what it did not look at.</param>
public sealed record PassageExplanation(
    int Rank,
    string ChunkId,
    string Url,
    double Score,
    double Words,
    double Body,
    double Headings,
    double Document,
    double? Cosine,
    double Coverage,
    int RankByWords,
    int RankByMeaning,
    IReadOnlyList<string> MatchedWords,
    IReadOnlyList<string> MatchedPhrases,
    IReadOnlyList<FeatureExplanation> Features);

/// <param name="Contribution">What it adds to the score beside an average candidate.</param>
public sealed record FeatureExplanation(string Name, double Value, double Contribution);

/// <summary>A page that should have been found.</summary>
/// <param name="Reason">One word: found, outranked, not-near, no-text, not-indexed, or what the crawl says of it.</param>
/// <param name="Detail">The same for people, with what to do.</param>
/// <param name="Passage">Its best passage, when it was among the candidates.</param>
/// <param name="OutrankedBy">The passages before it, when it is not among the results.</param>
public sealed record ExpectedPage(string Url, string Reason, string Detail, PassageExplanation? Passage, IReadOnlyList<string> OutrankedBy);
