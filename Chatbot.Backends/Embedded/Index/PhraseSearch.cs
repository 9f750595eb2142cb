using System.Data.Common;
using Chatbot.Core.Chunks;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// Finds the chunks that hold the quoted phrases of a question. The inverted lists have no places of words: they give the
/// chunks that hold all words of a phrase, and the stored texts decide.
/// </summary>
/// <param name="connection">Sees the rows of the snapshot's moment.</param>
internal sealed class PhraseSearch(DbConnection connection, IndexSnapshot snapshot, ResolvedQuestion question)
{
    /// <summary>Texts read for a question at most, the best by words first.</summary>
    private const int MostRead = 1_000;

    private const int ReadAtOnce = 200;

    /// <param name="near">Chunks that the vector found, by segment: they count only if they hold a phrase, too.</param>
    /// <returns>The chunks that hold the most of the phrases, best by words first, with their rows; empty when none holds any.</returns>
    public async Task<IReadOnlyList<PhraseMatch>> SearchAsync(
        int limit, ILookup<int, (int Document, int Chunk)> near, CancellationToken cancellationToken)
    {
        var candidates = PhraseCandidates.Find(snapshot, question.Phrases);
        var all = candidates.Concat(near)
            .SelectMany(group => group.Select(place => (View: group.Key, Place: place)))
            .Distinct()
            .ToLookup(found => found.View, found => found.Place);
        var places = new WordSearcher(snapshot, question.Words).Search(0, all, cancellationToken);
        var matches = new List<PhraseMatch>();
        foreach (var some in places.OrderByDescending(p => p.Score).Take(MostRead).Chunk(ReadAtOnce))
        {
            var keys = some.Select(place => snapshot.KeyOf(place)).ToList();
            var read = await ChunkReader.ReadAsync(connection, keys, cancellationToken);
            for (var i = 0; i < some.Length; i++)
            {
                if (!read.TryGetValue((keys[i].Document, keys[i].Ordinal), out var row)) continue;
                if (Matched(row.ToChunk()) is { Count: > 0 } phrases) matches.Add(new PhraseMatch(some[i], keys[i], row, phrases));
            }

            if (matches.Count(m => m.Phrases.Count == question.Phrases.Count) >= limit) break;
        }

        var most = matches.Count == 0 ? 0 : matches.Max(m => m.Phrases.Count);
        return [.. matches.Where(m => m.Phrases.Count == most).Take(limit)];
    }

    private List<string> Matched(Chunk chunk) =>
        [.. question.Phrases
            .Where(p => p.Words.Count > 0)
            .Select(p => p.Phrase)
            .Where(p => p.IsIn(chunk.Text, chunk.Language)
                || (chunk.Title is { } title && p.IsIn(title, chunk.Language))
                || chunk.HeadingPath.Any(heading => p.IsIn(heading, chunk.Language)))
            .Select(p => p.Text)
            .Distinct(StringComparer.Ordinal)];
}

/// <summary>A chunk that holds phrases of a question.</summary>
/// <param name="Phrases">As they were written, without repetition.</param>
internal sealed record PhraseMatch(ScoredPlace Place, (Guid Document, long Version, int Ordinal) Key, ChunkRow Row, IReadOnlyList<string> Phrases);
