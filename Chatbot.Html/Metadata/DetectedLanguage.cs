using System.Text;
using Chatbot.Core.Extractions;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Html;

internal static class DetectedLanguage
{
    // More tells no more.
    private const int Enough = 2_000;

    public static string? Of(IReadOnlyList<Block> blocks)
    {
        var sample = new StringBuilder();
        foreach (var block in blocks)
        {
            if (block.Kind == BlockKind.Code) continue;
            sample.Append(block.Text).Append('\n');
            if (sample.Length > Enough) break;
        }

        return LanguageDetector.Detect(sample.ToString());
    }
}
