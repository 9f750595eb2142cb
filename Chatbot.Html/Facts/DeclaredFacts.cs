using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Adds what a page declares of organisations, places, events and offers and does not say in words.</summary>
internal static class DeclaredFacts
{
    public static IReadOnlyList<Block> Add(IReadOnlyList<Block> blocks, StructuredData data, string? title, string? language)
    {
        if (data.Roots.Count == 0) return blocks;
        var facts = FactReader.Read(data.Roots, language);
        if (facts.Count == 0) return blocks;
        var said = new SaidText($"{title}\n{string.Join('\n', blocks.Select(block => block.Text))}");
        var all = new List<Block>(blocks);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            var lines = fact.Lines.Where(line => !line.Said(said)).Select(line => line.Text).ToList();
            var text = string.Join('\n', lines.Prepend(fact.Name));
            if (lines.Count > 0 && written.Add(text)) all.Add(new() { Kind = BlockKind.Paragraph, Text = text });
        }

        return all;
    }
}
