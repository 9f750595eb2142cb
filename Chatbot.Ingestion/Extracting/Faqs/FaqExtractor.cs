using System.Text.Json;
using System.Text.RegularExpressions;
using Chatbot.Core;
using Chatbot.Core.Extractions;
using Chatbot.Core.Faqs;

namespace Chatbot.Ingestion.Extracting.Faqs;

/// <summary>
/// Reads entries of questions and answers. The question is the title, other ways to ask it are the headings: they are found
/// like headings and lie in the vector, but nobody is given a question for an answer.
/// </summary>
internal sealed partial class FaqExtractor : IExtractor
{
    public string Version => "faq/1";

    public bool Handles(ExtractionSource source) => source.MediaType == FaqContent.MediaType;

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        var entry = JsonSerializer.Deserialize(source.Bytes.Span, CoreJson.Default.FaqContent)
            ?? throw new ExtractionFailedException("The entry is empty.");
        var headings = (entry.Alternatives ?? []).Select((text, i) => new Block { Kind = BlockKind.Heading, Text = text, Level = i + 1 });
        return Task.FromResult(new Extraction
        {
            Title = entry.Question,
            Language = entry.Language,
            Link = entry.Link,
            Blocks = [.. headings, .. Answer(entry.Answer)],
        });
    }

    private static IEnumerable<Block> Answer(string text)
    {
        var paragraph = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            var trimmed = line.Trim();
            var item = Item().Match(trimmed);
            if (trimmed.Length > 0 && !item.Success)
            {
                paragraph.Add(trimmed);
                continue;
            }

            if (paragraph.Count > 0) yield return new() { Kind = BlockKind.Paragraph, Text = string.Join('\n', paragraph) };
            paragraph.Clear();
            if (item.Success) yield return new() { Kind = BlockKind.ListItem, Level = 1, Text = item.Groups["number"] is { Length: > 0 } number ? $"{number.Value} {item.Groups["text"].Value}" : item.Groups["text"].Value };
        }
    }

    [GeneratedRegex(@"^(?:[-*•–]|(?<number>\d{1,3}[.)]))\s+(?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();
}
