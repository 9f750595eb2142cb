namespace Chatbot.Web.Search;

internal sealed record SearchResult(IReadOnlyList<FoundPassage> Items, int Total, double Ms);

internal sealed record FoundPassage(int Rank, double Score, string Url, string? Title, IReadOnlyList<string>? HeadingPath, string Text, string DocumentId);
