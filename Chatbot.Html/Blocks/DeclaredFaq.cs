using AngleSharp.Html.Parser;
using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>Questions and answers that a page declares but does not show, as of accordions that a script fills.</summary>
internal static class DeclaredFaq
{
    private const int MaxQuestions = 500;

    public static IReadOnlyList<Block> Add(IReadOnlyList<Block> blocks, StructuredData data)
    {
        if (data.Questions.Count == 0) return blocks;
        var shown = string.Concat(blocks.Select(b => Key(b.Text)));
        var all = new List<Block>(blocks);
        foreach (var (question, answerHtml) in data.Questions.Take(MaxQuestions))
        {
            var (asked, answer) = (Text(question), Text(answerHtml));
            if (asked.Length == 0 || answer.Length == 0) continue;
            if (shown.Contains(Key(asked), StringComparison.Ordinal) && shown.Contains(Key(answer), StringComparison.Ordinal)) continue;
            all.Add(new() { Kind = BlockKind.Faq, Text = $"{asked}\n{answer}" });
        }

        return all;
    }

    private static string Text(string html)
    {
        var writer = new BlockWriter(_ => false);
        var document = new HtmlParser().ParseDocument(new MarkupGuard(html).Apply(CancellationToken.None));
        if (NodeTree.Build(document).Find("body") is { } body) writer.Write(body);
        return string.Join('\n', writer.Blocks.Select(b => b.Text));
    }

    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
