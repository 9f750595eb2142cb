using System.Text;
using Chatbot.Core;
using Chatbot.Core.Extractions;

namespace Chatbot.Html;

internal static class ContentHasher
{
    public static string Hash(Extraction extraction)
    {
        var text = new StringBuilder();
        Append(text, extraction.Title ?? "");
        foreach (var block in extraction.Blocks)
        {
            Append(text, block.Text);
            // A form that moved is another answer. Queries are left out: they carry sessions and change with each visit.
            foreach (var link in block.Links ?? []) Append(text, link.Url.Split('?', '#', ';')[0]);
        }

        return Ids.Hash(text.ToString());
    }

    // Blanks and line breaks are markup's business: a reformatted page is the same page.
    private static void Append(StringBuilder text, string part)
    {
        foreach (var word in part.AsSpan().SplitAny(' ', '\t', '\n', '\r'))
            if (!part.AsSpan(word).IsEmpty) text.Append(part.AsSpan(word)).Append(' ');
        text.Append('\n');
    }
}
