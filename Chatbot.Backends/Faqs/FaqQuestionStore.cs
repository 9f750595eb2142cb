using System.Runtime.InteropServices;
using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Faqs;

/// <summary>What editors' questions are compared by: texts and vectors, without the answers. Safe for concurrent use.</summary>
public sealed class FaqQuestionStore(Database database)
{
    /// <returns>Changes whenever an entry of the knowledge base is added, changed or deleted; null when it has none.</returns>
    public Task<string?> GetStampAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.FirstAsync<Stamp>(
            "SELECT COUNT(*) AS entries, COALESCE(MAX(updated_at), 0) AS newest, COALESCE(SUM(updated_at), 0) AS total FROM faqs WHERE knowledge_base_id = @knowledgeBaseId",
            With(new { knowledgeBaseId }),
            cancellationToken) is { Entries: > 0 } it ? $"{it.Entries} {it.Newest} {it.Total}" : null,
        cancellationToken);

    /// <returns>Of at most so many entries, those that were changed last.</returns>
    public Task<IReadOnlyList<FaqQuestions>> ListAsync(string knowledgeBaseId, int most, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<FaqQuestions>>(
        async connection => (await connection.ListAsync<Row>(
            """
            SELECT f.id, f.question, f.alternatives, f.language, v.questions_hash, v.model, v.vectors
            FROM faqs f LEFT JOIN faq_vectors v ON v.faq_id = f.id
            WHERE f.knowledge_base_id = @knowledgeBaseId ORDER BY f.updated_at DESC, f.id LIMIT @most
            """,
            With(new { knowledgeBaseId, most }),
            cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>The same without vectors.</returns>
    public Task<IReadOnlyList<FaqQuestions>> ListTextsAsync(string knowledgeBaseId, int most, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<FaqQuestions>>(
        async connection => (await connection.ListAsync<Row>(
            "SELECT id, question, alternatives, language FROM faqs WHERE knowledge_base_id = @knowledgeBaseId ORDER BY updated_at DESC, id LIMIT @most",
            With(new { knowledgeBaseId, most }),
            cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <summary>Keeps vectors. Those of an entry that was deleted meanwhile are dropped.</summary>
    public Task SaveVectorsAsync(IReadOnlyList<FaqQuestions> made, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            foreach (var it in made)
            {
                await transaction.RunAsync(
                    $"""
                    INSERT INTO faq_vectors (faq_id, questions_hash, model, vectors)
                    SELECT id, @hash, @model, @vectors FROM faqs WHERE id = @id
                    {database.Dialect.OnConflictUpdate("faq_id", "questions_hash", "model", "vectors")}
                    """,
                    new { id = it.FaqId, hash = FaqQuestions.HashOf(it.Questions), model = it.Model, vectors = MemoryMarshal.AsBytes(it.Vectors.AsSpan()).ToArray() },
                    cancellationToken);
            }
        },
        cancellationToken);

    private sealed class Stamp
    {
        public long Entries { get; set; }

        public long Newest { get; set; }

        public long Total { get; set; }
    }

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Question { get; set; } = "";

        public string Alternatives { get; set; } = "[]";

        public string? Language { get; set; }

        public string? QuestionsHash { get; set; }

        public string? Model { get; set; }

        public byte[]? Vectors { get; set; }

        public FaqQuestions ToRecord()
        {
            string[] questions = [Question, .. JsonSerializer.Deserialize(Alternatives, CoreJson.Default.ListString) ?? []];
            return Model is null || Vectors is null || QuestionsHash != FaqQuestions.HashOf(questions)
                ? new FaqQuestions(Id, Language, questions, null, [])
                : new FaqQuestions(Id, Language, questions, Model, MemoryMarshal.Cast<byte, float>(Vectors).ToArray());
        }
    }
}
