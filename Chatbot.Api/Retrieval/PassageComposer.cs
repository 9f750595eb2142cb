using System.Text;
using Chatbot.Core.Chunks;
using Chatbot.Core.Extractions;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Api.Retrieval;

/// <summary>
/// Makes passages of ranked chunks: those of one page come together as far as they fit, and around each comes what stands
/// before and after it on its page, as far as there is room: a list whose heading is in the chunk before, a step that goes
/// on in the next one. Safe for concurrent use.
/// </summary>
internal sealed class PassageComposer(IChunkIndex index)
{
    /// <summary>
    /// Characters of a passage, about 400 tokens; on average it is below 1,500. A chunk that is longer stays whole. Measured
    /// on a documentation site: with chunks alone (850 characters) an answer stands in the first five passages for 56 % of
    /// the questions, with 1,500 for 66 %, with 1,580 to 1,650 for 70 %.
    /// </summary>
    public const int Longest = 1_550;

    // Behind the best few, what another page says is worth more than a third place of the same one. With it a right page is
    // among the first five pages of ten passages for three questions in a hundred more, on two documentation sites.
    private const int First = 5, MostOfPage = 2;

    private const string Break = "\n\n";

    // Between parts of a page that do not follow each other.
    private const string Gap = "\n\n…\n\n";

    /// <returns>At most <paramref name="top"/>, best first, but behind the first five no page a third time before others, and none more often than the settings have it. No chunk stands whole in two of them.</returns>
    public async Task<IReadOnlyList<Passage>> ComposeAsync(string knowledgeBaseId, IReadOnlyList<RankedCandidate> ranked, int top, RetrievalSettings settings, CancellationToken cancellationToken)
    {
        var spans = Choose(Merge(ranked, settings.PassageCharacters ?? Longest), top, settings.PassagesPerPage);
        var taken = spans.SelectMany(s => s.Chunks).Select(PlaceOf).ToHashSet();
        var wanted = spans.SelectMany(s => s.Neighbours).Where(p => p.Ordinal >= 0 && !taken.Contains(p)).ToHashSet();
        var found = wanted.Count == 0 ? [] : await index.GetChunksAsync(knowledgeBaseId, wanted, cancellationToken);
        var neighbours = found.ToDictionary(PlaceOf);
        return [.. spans.Select((span, i) => span.Write(i + 1, neighbours))];
    }

    private static List<Span> Merge(IReadOnlyList<RankedCandidate> ranked, int longest)
    {
        var spans = new List<Span>();
        foreach (var candidate in ranked)
        {
            // Only what was looked at closely is near enough to the question to be put beside what answers it.
            if (candidate.Features is not null && spans.Find(s => s.TryAdd(candidate.Candidate.Chunk)) is not null) continue;
            spans.Add(new Span(candidate, longest));
        }

        return spans;
    }

    private static List<Span> Choose(List<Span> spans, int top, int? most)
    {
        var (chosen, later) = (new List<Span>(), new List<Span>());
        var ofPage = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var span in spans)
        {
            var known = ofPage[span.DocumentId] = ofPage.GetValueOrDefault(span.DocumentId) + 1;
            if (known > most) continue;
            (chosen.Count < First || known <= MostOfPage ? chosen : later).Add(span);
        }

        return [.. chosen.Concat(later).Take(top)];
    }

    private static ChunkPlace PlaceOf(Chunk chunk) => new(chunk.DocumentId, chunk.Version, chunk.Ordinal);

    /// <summary>Chunks of one page, the best of them first in rank, all in the page's order.</summary>
    /// <param name="longest">Characters, unless the best one alone has more.</param>
    private sealed class Span(RankedCandidate best, int longest)
    {
        private readonly List<Chunk> _chunks = [best.Candidate.Chunk];
        private int _length = best.Candidate.Chunk.Text.Length;

        public RankedCandidate Best => best;

        public IReadOnlyList<Chunk> Chunks => _chunks;

        public string DocumentId => _chunks[0].DocumentId;

        public IEnumerable<ChunkPlace> Neighbours => [PlaceOf(_chunks[0]) with { Ordinal = _chunks[0].Ordinal - 1 }, PlaceOf(_chunks[^1]) with { Ordinal = _chunks[^1].Ordinal + 1 }];

        /// <returns>False when it is of another page, or there is no room for it.</returns>
        public bool TryAdd(Chunk chunk)
        {
            if (chunk.DocumentId != _chunks[0].DocumentId || chunk.Version != _chunks[0].Version) return false;
            if (_length + Gap.Length + chunk.Text.Length > longest) return false;
            var place = _chunks.FindIndex(c => c.Ordinal > chunk.Ordinal);
            _chunks.Insert(place < 0 ? _chunks.Count : place, chunk);
            _length += Gap.Length + chunk.Text.Length;
            return true;
        }

        public Passage Write(int rank, Dictionary<ChunkPlace, Chunk> neighbours)
        {
            var links = new List<TextLink>();
            return new(rank, best.Score, best.Candidate) { Text = Widen(neighbours, links), Links = links };
        }

        /// <summary>What follows gets two thirds of the room: answers stand after their question more often than before it.</summary>
        private string Widen(Dictionary<ChunkPlace, Chunk> neighbours, List<TextLink> links)
        {
            var text = new StringBuilder();
            for (var i = 0; i < _chunks.Count; i++)
            {
                if (i > 0) text.Append(_chunks[i].Ordinal == _chunks[i - 1].Ordinal + 1 ? Break : Gap);
                AddLinks(links, _chunks[i], 0, _chunks[i].Text.Length, text.Length);
                text.Append(_chunks[i].Text);
            }

            var room = longest - text.Length - (2 * Break.Length);
            if (room <= 0) return text.ToString();
            var places = Neighbours.ToArray();
            var (before, after) = (neighbours.GetValueOrDefault(places[0]), neighbours.GetValueOrDefault(places[1]));
            var following = after is null ? "" : Beginning(after, before is null ? room : Math.Max(room * 2 / 3, room - before.Text.Length));
            var preceding = before is null ? "" : Ending(before, room - following.Length);
            if (after is not null) AddLinks(links, after, 0, following.Length, text.Length + Break.Length);
            if (preceding.Length > 0)
            {
                for (var i = 0; i < links.Count; i++) links[i] = links[i] with { Start = links[i].Start + preceding.Length + Break.Length };
                AddLinks(links, before!, before!.Text.TrimEnd('\n').Length - preceding.Length, preceding.Length, 0);
            }

            return $"{preceding}{(preceding.Length > 0 ? Break : "")}{text}{(following.Length > 0 ? Break : "")}{following}";
        }

        private static void AddLinks(List<TextLink> links, Chunk chunk, int start, int length, int at) =>
            links.AddRange(TextLinks.Within(chunk.Links, start, length).Select(link => link with { Start = link.Start + at }));

        // Whole lines; of a line that does not fit whole sentences. Half a sentence says less than none.
        private static string Beginning(Chunk chunk, int room)
        {
            var end = 0;
            foreach (var piece in Pieces(chunk))
            {
                if (piece.End.Value > room) break;
                end = piece.End.Value;
            }

            return chunk.Text[..end].TrimEnd();
        }

        private static string Ending(Chunk chunk, int room)
        {
            var start = chunk.Text.Length;
            foreach (var piece in Pieces(chunk).Reverse())
            {
                if (chunk.Text.Length - piece.Start.Value > room) break;
                start = piece.Start.Value;
            }

            return chunk.Text[start..].Trim('\n');
        }

        private static IEnumerable<Range> Pieces(Chunk chunk)
        {
            var start = 0;
            foreach (var line in chunk.Text.Split('\n'))
            {
                foreach (var sentence in Sentences.Split(line, chunk.Language)) yield return (start + sentence.Start.Value)..(start + sentence.End.Value);
                start += line.Length + 1;
            }
        }
    }
}
