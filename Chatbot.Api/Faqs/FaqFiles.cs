using System.Text.Json;
using Chatbot.Backends.Faqs;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Faqs;

/// <summary>Questions and answers in files: taken in, given out. The one way for API, admin area and command line. Safe for concurrent use.</summary>
public sealed class FaqFiles
{
    /// <summary>Bytes of a file at most.</summary>
    public const int Largest = 20_000_000;

    private const int MostEntries = 10_000;

    private readonly FaqImporter importer;
    private readonly FaqStore faqs;

    internal FaqFiles(FaqImporter importer, FaqStore faqs)
    {
        this.importer = importer;
        this.faqs = faqs;
    }

    /// <param name="replace">Entries that the file does not have are deleted, if all of it was right.</param>
    /// <returns>What became of the entries, or why nothing was taken.</returns>
    public async Task<(FaqImportReply? Reply, string? Problem)> ImportAsync(
        KnowledgeBase knowledgeBase, ReadOnlyMemory<byte> file, FaqFileFormat format, bool replace, CancellationToken cancellationToken)
    {
        var entries = format == FaqFileFormat.Csv ? FaqFile.ReadCsv(file.Span) : FaqFile.ReadJson(file.Span);
        if (entries is null)
        {
            return (null, format == FaqFileFormat.Csv
                ? "The first line must name the columns, among them one of questions (question, Frage, 问题) and one of answers (answer, Antwort, réponse, 答案)."
                : "A list of objects with \"question\" and \"answer\" is expected.");
        }

        return entries.Count > MostEntries ? (null, $"At most {MostEntries} entries.") : (await importer.ImportAsync(knowledgeBase, entries, replace, cancellationToken), null);
    }

    /// <returns>All entries of a knowledge base, with their number.</returns>
    public async Task<(byte[] File, int Entries)> ExportAsync(KnowledgeBase knowledgeBase, FaqFileFormat format, CancellationToken cancellationToken)
    {
        var entries = await faqs.ListAsync(new FaqFilter { KnowledgeBaseId = knowledgeBase.Id, Limit = int.MaxValue }, cancellationToken);
        var bytes = format == FaqFileFormat.Csv
            ? FaqFile.WriteCsv(entries)
            : JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<ExportedFaq>>([.. entries.Select(ExportedFaq.From)], ApiJson.Default.IReadOnlyListExportedFaq);
        return (bytes, entries.Count);
    }
}
