using System.Runtime.InteropServices;
using System.Text;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Makes a segment from chunks by analysing their texts. Not safe for concurrent use.</summary>
internal sealed class SegmentBuilder(int dimensions) : IDisposable
{
    private readonly SegmentWriter _writer = new();
    private readonly Dictionary<string, List<(int Chunk, TermCounts Counts)>> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermCounts> _counts = new(StringComparer.Ordinal);
    private readonly List<Term> _terms = [];
    private readonly List<(int Chunk, byte[] Halves)> _vectors = [];
    private readonly WordListBuilder _words = new();

    public int Chunks => _writer.Chunks;

    /// <param name="chunks">In the order of the document; none says that the document is gone.</param>
    /// <param name="vectors">For each chunk its vector in half-precision floats, null where there is none yet.</param>
    public void Add(Guid documentId, long version, IReadOnlyList<Chunk> chunks, IReadOnlyList<byte[]?> vectors)
    {
        _writer.BeginDocument(documentId, version);
        for (var i = 0; i < chunks.Count; i++)
        {
            if (vectors[i] is { } halves) _vectors.Add((Chunks, halves));
            Add(chunks[i]);
        }
    }

    public IndexSegment Build()
    {
        foreach (var (word, frequency) in Sorted(_words.Build())) _writer.AddWord(word, frequency);
        foreach (var (term, postings) in Sorted(_postings))
        {
            _writer.BeginTerm(term);
            foreach (var (chunk, counts) in postings) _writer.AddPosting(chunk, counts);
        }

        var vectors = new MemoryVectors(Chunks, dimensions);
        foreach (var (chunk, halves) in _vectors) vectors.Set(chunk, halves);
        return new IndexSegment(_writer.ToBytes(), vectors);
    }

    public void Dispose() => _writer.Dispose();

    private void Add(Chunk chunk)
    {
        var analyzer = TextAnalyzer.For(chunk.Language);
        _counts.Clear();
        var words = Count(analyzer, chunk.Text, TermCounts.Of(1, 0, 0));
        foreach (var heading in chunk.HeadingPath) Count(analyzer, heading, TermCounts.Of(0, 1, 0));
        if (chunk.Title is { } title) Count(analyzer, title, TermCounts.Of(0, 0, 1));

        var number = _writer.Chunks;
        _writer.AddChunk(words, LanguageCode.Pack(chunk.Language));
        foreach (var (term, counts) in _counts)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _);
            (list ??= new(4)).Add((number, counts));
        }
    }

    /// <returns>How many words the text has; parts of an identifier count once with it.</returns>
    private int Count(TextAnalyzer analyzer, string text, TermCounts one)
    {
        _terms.Clear();
        analyzer.Analyze(text, _terms);
        _words.Add(text, _terms, analyzer.Language);
        int words = 0, last = -1;
        foreach (var term in _terms)
        {
            ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, term.Text, out _);
            counts = counts.Plus(one);
            if (term.Position != last) words++;
            last = term.Position;
        }

        return words;
    }

    private static List<(byte[] Term, T Value)> Sorted<T>(Dictionary<string, T> values)
    {
        var sorted = new List<(byte[] Term, T Value)>(values.Count);
        foreach (var (term, value) in values) sorted.Add((Encoding.UTF8.GetBytes(term), value));
        sorted.Sort(static (a, b) => a.Term.AsSpan().SequenceCompareTo(b.Term));
        return sorted;
    }
}
