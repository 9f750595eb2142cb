using Chatbot.Ingestion.Extracting.Layout;

namespace Chatbot.Ingestion.Extracting.Pdf;

/// <summary>Tells pages with text that is not written from left to right: pdftohtml gives such lines next to no width.</summary>
internal static class SidewaysText
{
    // A few letters along a margin are not worth reading the page again.
    private const int FewLetters = 20;

    public static bool IsOn(PageText page)
    {
        var letters = 0;
        foreach (var run in page.Runs)
        {
            var length = run.Text.Trim().Length;
            // Even narrow letters are a quarter of their size wide.
            if (length >= 3 && run.Width < 0.12 * length * run.Size) letters += length;
        }

        return letters >= FewLetters;
    }
}
