using System.CommandLine;

namespace Chatbot.Benchmarks.Extraction;

/// <summary><c>pdf</c>: text of PDF files.</summary>
internal static class PdfCommand
{
    public static Command Create()
    {
        var evaluation = new Option<string>("--eval") { Description = "Folder with truth.json, the files and broken/expect.json", Required = true };
        var predictions = new Option<string?>("--out") { Description = "Write what was extracted to this file, for another scorer" };
        var part = new Option<string?>("--part") { Description = "Only this: score, time, ocr, broken or memory" };
        part.AcceptOnlyFromAmong("score", "time", "ocr", "broken", "memory");
        var rounds = new Option<int>("--rounds") { Description = "Rounds to time; the fastest of each file counts", DefaultValueFactory = _ => 3 };
        var copies = new Option<int>("--copies") { Description = "How often each scan is read in a round, by both sides: the end of a round, when one core has nothing left to do, weighs the less the more there are", DefaultValueFactory = _ => 3 };
        var command = new Command("pdf", "Text of PDF files: words in reading order, headers and footers left in, time beside pdftotext and bare Tesseract, memory") { evaluation, predictions, part, rounds, copies };
        command.SetAction((parsed, cancellationToken) => new PdfBenchmark(parsed.GetValue(evaluation)!, parsed.GetValue(rounds), parsed.GetValue(copies), Console.Out)
            .RunAsync(parsed.GetValue(part), parsed.GetValue(predictions), cancellationToken));
        return command;
    }
}
