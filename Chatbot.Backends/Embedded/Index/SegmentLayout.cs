using System.Runtime.InteropServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// The head of a segment: what it holds and where. Little-endian; every section starts at a multiple of 8.
/// Documents come in order, a document's chunks in theirs, terms sorted by their UTF-8 bytes, those of the
/// <see cref="WordList"/> first.
/// A document without chunks is a deletion: it hides the document in older segments.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct SegmentHead
{
    /// <summary>"CBIX" read as a little-endian number.</summary>
    public const uint RightMagic = 0x58494243;

    /// <summary>Rises when layout or text analysis changes: older segments are then made anew from the rows.</summary>
    public const int CurrentFormat = 5;

    public uint Magic;
    public int Format;
    public int Length;
    public int Documents;
    public int Chunks;
    public int Terms;

    /// <summary>16 bytes each: the document's UUID.</summary>
    public int DocumentIds;

    /// <summary>8 bytes each: the version that was indexed.</summary>
    public int Versions;

    /// <summary>4 bytes each, one more than documents: where its chunks start.</summary>
    public int FirstChunks;

    /// <summary>2 bytes each: words in the chunk's text.</summary>
    public int BodyLengths;

    /// <summary>2 bytes each: the chunk's language, its two letters; 0 when unknown.</summary>
    public int Languages;

    /// <summary>4 bytes each, one more than terms: where its bytes start within <see cref="TermBytes"/>.</summary>
    public int TermStarts;
    public int TermBytes;

    /// <summary>4 bytes each: how many chunks hold the term.</summary>
    public int Frequencies;

    /// <summary>4 bytes each, one more than terms: where its postings start within <see cref="Postings"/>.</summary>
    public int PostingStarts;

    /// <summary>Of each term its <see cref="PostingBlocks"/>.</summary>
    public int Postings;

    /// <summary>4 bytes each, a float: the highest weight of each term in a chunk, by <see cref="Bm25.Weigh"/>.</summary>
    public int HighestWeights;

    /// <summary>Words in a chunk's text on average; at least 1. What the highest weights were made with.</summary>
    public float AverageBodyLength;
}
