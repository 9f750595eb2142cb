using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chatbot.Core.Extractions;

namespace Chatbot.Crawler.Likeness;

/// <summary>
/// What is compared of two pages of a site to tell whether they are nearly the same. Likeness of words alone would take the
/// pages of a catalogue or a manual for one: these differ by a name and a number. So what tells such pages apart must be equal,
/// and only running text may differ.
/// </summary>
/// <param name="Outline">Hash of what must be equal: title, headings, tables, code, and every word with a digit in it.</param>
/// <param name="Fingerprint"><see cref="SimHash"/> of all words.</param>
/// <param name="Words">How many there are.</param>
internal sealed record PageSketch(long Outline, long Fingerprint, int Words)
{
    // One word of fewer may be all that a page is about; their fingerprints are noisy, too.
    private const int FewestWords = 100;

    // Of the longer page's words.
    private const double LengthApart = 0.05;

    /// <param name="words">All of its words, in order.</param>
    /// <returns>Null for a page that is too short to tell.</returns>
    public static PageSketch? Of(Extraction extraction, List<string> words) =>
        words.Count < FewestWords ? null : new PageSketch(OutlineOf(extraction, words), SimHash.Of(words), words.Count);

    public bool IsNear(PageSketch other) =>
        Outline == other.Outline
        && Math.Abs(Words - other.Words) <= LengthApart * Math.Max(Words, other.Words)
        && SimHash.Distance(Fingerprint, other.Fingerprint) <= SimHash.Near;

    private static long OutlineOf(Extraction extraction, List<string> words)
    {
        var text = new StringBuilder();
        text.AppendJoin(' ', PageWords.Of(extraction.Title ?? ""));
        foreach (var block in extraction.Blocks)
            if (block.Kind is BlockKind.Heading or BlockKind.Table or BlockKind.Code)
                text.Append('\n').AppendJoin(' ', PageWords.Of(block.Text));
        // In one order: the same entries sorted otherwise are the same page.
        text.Append('\n').AppendJoin(' ', words.Where(w => w.Any(char.IsDigit)).Order(StringComparer.Ordinal));
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
