using System.Data.Common;
using System.Text.RegularExpressions;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.Prompts;

namespace Chatbot.Backends.Prompts;

/// <summary>The templates that editors wrote, with all their versions. Safe for concurrent use.</summary>
public sealed partial class PromptTemplateStore(Database database, TimeProvider clock)
{
    private const string Select = "SELECT t.id, t.version, t.knowledge_base_id, t.name, t.language, t.text, t.note, t.created_at FROM prompt_templates t";
    private const string Newest = "t.version = (SELECT MAX(n.version) FROM prompt_templates n WHERE n.id = t.id)";

    /// <summary>Whether the name is 1 to 64 of a-z, 0-9 and hyphen.</summary>
    public static bool IsName(string name) => NamePattern.IsMatch(name);

    /// <summary>Knowledge base, name and language tell which template it is.</summary>
    public static string IdOf(string knowledgeBaseId, string name, string language) => Ids.Derive("prompt-template", knowledgeBaseId, name, language);

    /// <returns>The newest versions of a knowledge base's templates, by name and language.</returns>
    public Task<IReadOnlyList<PromptTemplate>> ListAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<PromptTemplate>>(
        async connection => (await connection.ListAsync<Row>(
            $"{Select} WHERE t.knowledge_base_id = @knowledgeBaseId AND {Newest} ORDER BY t.name, t.language", With(new { knowledgeBaseId }), cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>The newest version; null when there is no such template.</returns>
    public Task<PromptTemplate?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>($"{Select} WHERE t.id = @id ORDER BY t.version DESC", With(new { id }), cancellationToken))?.ToRecord(), cancellationToken);

    public Task<PromptTemplate?> FindVersionAsync(string id, long version, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>($"{Select} WHERE t.id = @id AND t.version = @version", With(new { id, version }), cancellationToken))?.ToRecord(), cancellationToken);

    /// <returns>All versions, the newest first.</returns>
    public Task<IReadOnlyList<PromptTemplate>> ListVersionsAsync(string id, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<PromptTemplate>>(
        async connection => (await connection.ListAsync<Row>($"{Select} WHERE t.id = @id ORDER BY t.version DESC", With(new { id }), cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <summary>Adds a version; a text that is the newest one's already adds none.</summary>
    /// <param name="expected">The version that the editor saw last, 0 for a new template; null when that does not matter.</param>
    /// <returns>The newest version afterwards; null, with nothing changed, when it is another one than expected.</returns>
    public Task<PromptTemplate?> SaveAsync(string knowledgeBaseId, string name, string language, string text, string? note, long? expected, CancellationToken cancellationToken)
    {
        var id = IdOf(knowledgeBaseId, name, language);
        return database.WriteAsync(
            async transaction =>
            {
                var newest = await NewestAsync(transaction, id, cancellationToken);
                if (expected is { } version && version != (newest?.Version ?? 0)) return null;
                return newest?.Text == text ? newest.ToRecord() : (await AddAsync(transaction, newest, knowledgeBaseId, new(id, name, language, text, note, newest?.Version ?? 0), cancellationToken)).ToRecord();
            },
            cancellationToken);
    }

    /// <summary>Lets versions that waited take the place of those in use: all of them, or none.</summary>
    /// <param name="unlessChanged">Whether each may only replace the version that it was written for.</param>
    /// <returns>False, with nothing changed, when another version is in use by now.</returns>
    public Task<bool> ReleaseAsync(string knowledgeBaseId, IReadOnlyList<PromptDraft> drafts, bool unlessChanged, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        return database.WriteAsync(
            async transaction =>
            {
                var changes = new List<(PromptDraft Draft, Row? Newest)>();
                foreach (var draft in drafts)
                {
                    var newest = await NewestAsync(transaction, draft.Id, cancellationToken);
                    // In use already: whoever released it did not come to say so.
                    if (newest?.Text == draft.Text) continue;
                    if (unlessChanged && draft.Replaces != (newest?.Version ?? 0)) return false;
                    changes.Add((draft, newest));
                }

                foreach (var (draft, newest) in changes) await AddAsync(transaction, newest, knowledgeBaseId, draft, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Deletes a template with its versions; what is shipped takes its place.</summary>
    /// <returns>False when it is not there.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => await database.WriteAsync(
        transaction => transaction.RunAsync("DELETE FROM prompt_templates WHERE id = @id", new { id }, cancellationToken), cancellationToken) > 0;

    private static Task<Row?> NewestAsync(DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        transaction.FirstAsync<Row>($"{Select} WHERE t.id = @id ORDER BY t.version DESC", With(new { id }), cancellationToken);

    private async Task<Row> AddAsync(DbTransaction transaction, Row? newest, string knowledgeBaseId, PromptDraft draft, CancellationToken cancellationToken)
    {
        var row = new Row
        {
            Id = draft.Id, Version = (newest?.Version ?? 0) + 1, KnowledgeBaseId = knowledgeBaseId, Name = draft.Name, Language = draft.Language, Text = draft.Text, Note = draft.Note, CreatedAt = clock.Now(),
        };
        await transaction.RunAsync(
            """
            INSERT INTO prompt_templates (id, version, knowledge_base_id, name, language, text, note, created_at)
            VALUES (@Id, @Version, @KnowledgeBaseId, @Name, @Language, @Text, @Note, @CreatedAt)
            """,
            row,
            cancellationToken);
        return row;
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z")]
    private static partial Regex NamePattern { get; }

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public long Version { get; set; }

        public string KnowledgeBaseId { get; set; } = "";

        public string Name { get; set; } = "";

        public string Language { get; set; } = "";

        public string Text { get; set; } = "";

        public string? Note { get; set; }

        public long CreatedAt { get; set; }

        public PromptTemplate ToRecord() => new()
        {
            Id = Id, Version = Version, KnowledgeBaseId = KnowledgeBaseId, Name = Name, Language = Language, Text = Text, Note = Note, CreatedAt = Stored.Time(CreatedAt),
        };
    }
}
