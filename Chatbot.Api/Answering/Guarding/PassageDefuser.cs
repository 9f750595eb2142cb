using Chatbot.Api.Retrieval;
using Chatbot.Core.Chunks;
using Chatbot.Core.TextAnalysis;
using Microsoft.Extensions.Caching.Memory;

namespace Chatbot.Api.Answering.Guarding;

/// <summary>
/// Takes out of passages what is written to models instead of readers, so that it comes neither into a prompt nor into a
/// quoted answer: the sentence, what follows it in its paragraph, and in other passages of that page what gives orders.
/// Safe for concurrent use.
/// </summary>
internal sealed class PassageDefuser : IDisposable
{
    /// <summary>Stands where something was taken out.</summary>
    public const string Mark = "[…]";

    // Of texts that were looked at, a few bytes each: pages that are asked about come again and again.
    private const int MostKept = 20_000;

    private readonly MemoryCache _clean = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <returns>The same with clean passages; those of which nothing is left are gone.</returns>
    public RetrievalResult Defuse(RetrievalResult found)
    {
        var removed = 0;
        var suspect = found.Passages.Where(passage => !IsClean(passage)).Select(passage => passage.Chunk.DocumentId).ToHashSet(StringComparer.Ordinal);
        if (suspect.Count == 0) return found;
        var passages = new List<Passage>(found.Passages.Count);
        foreach (var passage in found.Passages)
        {
            var defused = suspect.Contains(passage.Chunk.DocumentId) ? Defuse(passage) : passage;
            if (!ReferenceEquals(defused, passage)) removed++;
            if (defused.Text.Replace(Mark, "", StringComparison.Ordinal).Any(char.IsLetterOrDigit)) passages.Add(defused);
        }

        return found with { Passages = passages, Guarded = removed };
    }

    /// <summary>The same for a document that is read whole.</summary>
    public static IReadOnlyList<Chunk> Defuse(IReadOnlyList<Chunk> document) =>
        document.Any(IsPoisoned) ? [.. document.Select(Defuse)] : document;

    public void Dispose() => _clean.Dispose();

    private bool IsClean(Passage passage)
    {
        var key = (passage.Chunk.Id, passage.Text.Length, passage.Text.GetHashCode(StringComparison.Ordinal));
        return _clean.GetOrCreate(key, entry =>
        {
            entry.Size = 1;
            return !IsBadLine(passage.Text) && !IsPoisoned(passage.Chunk.HeadingPath.Append(passage.Chunk.Title ?? ""));
        });
    }

    private static bool IsPoisoned(Chunk chunk) => IsBadLine(chunk.Text) || IsPoisoned(chunk.HeadingPath.Append(chunk.Title ?? ""));

    private static bool IsPoisoned(IEnumerable<string> lines) => lines.Any(IsBadLine);

    private static Passage Defuse(Passage passage)
    {
        var chunk = Defuse(passage.Chunk);
        var text = Cleaned(passage.Text, passage.Chunk.Language);
        if (text == passage.Text && chunk.Text == passage.Chunk.Text && chunk.Title == passage.Chunk.Title && chunk.HeadingPath.Count == passage.Chunk.HeadingPath.Count) return passage;
        return passage with { Candidate = passage.Candidate with { Chunk = chunk }, Text = text };
    }

    private static Chunk Defuse(Chunk chunk) => chunk with
    {
        Text = Cleaned(chunk.Text, chunk.Language),
        Title = chunk.Title is { } title && IsBadLine(title) ? null : chunk.Title,
        HeadingPath = [.. chunk.HeadingPath.Where(heading => !IsBadLine(heading))],
    };

    private static bool IsBadLine(string line) => line.Length > 0 && InjectionDetector.Kind(line, ofPage: true) is not null;

    private static string Cleaned(string text, string? language)
    {
        var lines = new List<string>();
        var afterInjection = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.Trim().Length == 0)
            {
                afterInjection = false;
                lines.Add(line);
                continue;
            }

            if (!afterInjection && !IsBadLine(line) && !Sentences.Split(line, language).Any(range => IsBad(line[range])))
            {
                lines.Add(line);
                continue;
            }

            // What stands before it in the line was written by whoever writes the page; what comes after it goes on with it.
            var before = afterInjection ? [] : Sentences.Split(line, language).TakeWhile(range => !IsBad(line[range])).ToList();
            var end = before.Count == 0 || IsBadLine(line[..before[^1].End.Value]) ? 0 : before[^1].End.Value;
            if (end == line.Length) end = 0;
            afterInjection = true;
            if (end > 0) lines.Add($"{line[..end]} {Mark}");
            else if (lines.Count == 0 || !lines[^1].EndsWith(Mark, StringComparison.Ordinal)) lines.Add(Mark);
        }

        var cleaned = string.Join('\n', lines);
        // Spread over its lines so that none of them shows it: nothing of it can be told from the rest.
        return InjectionDetector.Kind(cleaned, ofPage: true) is null ? cleaned : Mark;
    }

    private static bool IsBad(string sentence) => IsBadLine(sentence) || InjectionPatterns.Orders.IsMatch(PlainForm.Of(sentence));
}
