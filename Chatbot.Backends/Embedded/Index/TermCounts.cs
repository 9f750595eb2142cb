using System.Runtime.CompilerServices;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>
/// How often a chunk holds a term, by field, in one byte: 4 bits for the text, 2 for the headings, 2 for the title.
/// Saturation costs nothing: BM25 hardly tells 15 occurrences from 20.
/// </summary>
internal readonly record struct TermCounts(byte Packed)
{
    public const int MostInBody = 15, MostInHeadings = 3, MostInTitle = 3;

    public int Body => Packed & 0x0F;

    public int Headings => (Packed >> 4) & 0x03;

    public int Title => Packed >> 6;

    public static TermCounts Of(int body, int headings, int title) => new((byte)(
        Math.Min(body, MostInBody) | (Math.Min(headings, MostInHeadings) << 4) | (Math.Min(title, MostInTitle) << 6)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TermCounts Plus(TermCounts other) => Of(Body + other.Body, Headings + other.Headings, Title + other.Title);
}
