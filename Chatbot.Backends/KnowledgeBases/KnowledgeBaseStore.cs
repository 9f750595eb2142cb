using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Backends.KnowledgeBases;

/// <summary>The knowledge bases. Safe for concurrent use.</summary>
public sealed partial class KnowledgeBaseStore(Database database, TimeProvider clock)
{
    private const string Select = "SELECT id, name, title, settings, created_at FROM knowledge_bases";

    private const string Update = "UPDATE knowledge_bases SET title = @Title, settings = @Settings WHERE id = @Id";

    private long changes;

    /// <summary>Rises with every change that was made through this store.</summary>
    internal long Changes => Volatile.Read(ref changes);

    /// <summary>Whether the name is 1 to 64 of a-z, 0-9 and hyphen.</summary>
    public static bool IsName(string name) => NamePattern.IsMatch(name);

    /// <returns>All, by name.</returns>
    public Task<IReadOnlyList<KnowledgeBase>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<KnowledgeBase>>(
        async connection => (await connection.ListAsync<Row>($"{Select} ORDER BY name", null, cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>The one with that name or id, or null.</returns>
    public Task<KnowledgeBase?> FindAsync(string nameOrId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>(
            // A name may look like an id; the id's owner comes first.
            $"{Select} WHERE id = @nameOrId OR name = @nameOrId ORDER BY CASE WHEN id = @nameOrId THEN 0 ELSE 1 END",
            With(new { nameOrId }),
            cancellationToken))?.ToRecord(),
        cancellationToken);

    /// <returns>The new knowledge base, or null when the name is taken.</returns>
    /// <exception cref="ArgumentException">The name is none (<see cref="IsName"/>).</exception>
    public async Task<KnowledgeBase?> CreateAsync(string name, string title, KnowledgeBaseSettings settings, CancellationToken cancellationToken)
    {
        if (!IsName(name))
            throw new ArgumentException("A knowledge base's name has 1 to 64 of a-z, 0-9 and hyphen.", nameof(name));
        var created = New(name, title, settings);
        var inserted = await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"{database.Dialect.InsertOrIgnore} knowledge_bases (id, name, title, settings, created_at) VALUES (@Id, @Name, @Title, @Settings, @CreatedAt)",
                Row.From(created),
                cancellationToken),
            cancellationToken);
        Changed();
        return inserted == 0 ? null : created;
    }

    /// <summary>Changes title and settings; name and id stay.</summary>
    /// <returns>False when it is not there.</returns>
    public Task<bool> UpdateAsync(KnowledgeBase knowledgeBase, CancellationToken cancellationToken) => ChangeAsync(Update, With(Row.From(knowledgeBase)), cancellationToken);

    /// <summary>The same with what else is changed; <see cref="Changed"/> is to be called after it.</summary>
    internal static async Task<bool> UpdateAsync(DbTransaction transaction, KnowledgeBase knowledgeBase, CancellationToken cancellationToken) =>
        await transaction.RunAsync(Update, Row.From(knowledgeBase), cancellationToken) > 0;

    internal void Changed() => Interlocked.Increment(ref changes);

    /// <summary>Deletes it with its sites, documents and conversations. Take its documents out of the index before.</summary>
    /// <returns>False when it is not there.</returns>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => ChangeAsync("DELETE FROM knowledge_bases WHERE id = @id", With(new { id }), cancellationToken);

    /// <summary>Makes the knowledge base that exists from the start, when there is none at all. Safe to repeat.</summary>
    public Task EnsureDefaultAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            if (await transaction.FirstAsync<long>("SELECT COUNT(*) FROM knowledge_bases", null, cancellationToken) > 0)
                return;
            await transaction.RunAsync(
                "INSERT INTO knowledge_bases (id, name, title, settings, created_at) VALUES (@Id, @Name, @Title, @Settings, @CreatedAt)",
                Row.From(New(KnowledgeBase.DefaultName, "Default", new KnowledgeBaseSettings())),
                cancellationToken);
        },
        cancellationToken);

    private async Task<bool> ChangeAsync(string sql, SqlArguments arguments, CancellationToken cancellationToken)
    {
        var changed = await database.WriteAsync(transaction => transaction.RunAsync(sql, arguments, cancellationToken), cancellationToken);
        Changed();
        return changed > 0;
    }

    private KnowledgeBase New(string name, string title, KnowledgeBaseSettings settings) =>
        new() { Id = Ids.New(), Name = name, Title = title, Settings = settings, CreatedAt = Stored.Time(clock.Now()) };

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z")]
    private static partial Regex NamePattern { get; }

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string Title { get; set; } = "";

        public string Settings { get; set; } = "";

        public long CreatedAt { get; set; }

        public static Row From(KnowledgeBase it) => new()
        {
            Id = it.Id,
            Name = it.Name,
            Title = it.Title,
            Settings = JsonSerializer.Serialize(it.Settings, CoreJson.Default.KnowledgeBaseSettings),
            CreatedAt = Stored.Time(it.CreatedAt),
        };

        public KnowledgeBase ToRecord() => new()
        {
            Id = Id,
            Name = Name,
            Title = Title,
            Settings = JsonSerializer.Deserialize(Settings, CoreJson.Default.KnowledgeBaseSettings) ?? new(),
            CreatedAt = Stored.Time(CreatedAt),
        };
    }
}
