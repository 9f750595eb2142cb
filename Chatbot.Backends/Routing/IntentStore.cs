using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Chatbot.Core.Routing;

namespace Chatbot.Backends.Routing;

/// <summary>What editors set of intents. Safe for concurrent use.</summary>
public sealed class IntentStore(Database database)
{
    /// <returns>Those of which something is set, by name.</returns>
    public Task<IReadOnlyList<Intent>> ListAsync(string knowledgeBaseId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Intent>>(
        async connection => (await connection.ListAsync<Row>(
            "SELECT name, answers, template FROM intents WHERE knowledge_base_id = @knowledgeBaseId ORDER BY name", With(new { knowledgeBaseId }), cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    public Task SaveAsync(string knowledgeBaseId, Intent intent, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => transaction.RunAsync(
            $"""
            INSERT INTO intents (knowledge_base_id, name, answers, template) VALUES (@knowledgeBaseId, @Name, @answers, @Template)
            {database.Dialect.OnConflictUpdate("knowledge_base_id, name", "answers", "template")}
            """,
            new { knowledgeBaseId, intent.Name, answers = JsonSerializer.Serialize(intent.Answers, BackendsJson.Default.IReadOnlyDictionaryStringString), intent.Template },
            cancellationToken),
        cancellationToken);

    /// <summary>Takes an intent away with its examples; of one that is built in, what was set.</summary>
    /// <returns>False when nothing was set.</returns>
    public Task<bool> DeleteAsync(string knowledgeBaseId, string name, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            if (!Intent.BuiltIn.Contains(name))
                await transaction.RunAsync("DELETE FROM examples WHERE knowledge_base_id = @knowledgeBaseId AND intent = @name", new { knowledgeBaseId, name }, cancellationToken);
            return await transaction.RunAsync("DELETE FROM intents WHERE knowledge_base_id = @knowledgeBaseId AND name = @name", new { knowledgeBaseId, name }, cancellationToken) > 0;
        },
        cancellationToken);

    private sealed class Row
    {
        public string Name { get; set; } = "";

        public string Answers { get; set; } = "{}";

        public string? Template { get; set; }

        public Intent ToRecord() => new()
        {
            Name = Name, Answers = JsonSerializer.Deserialize(Answers, BackendsJson.Default.IReadOnlyDictionaryStringString) ?? new Dictionary<string, string>(), Template = Template,
        };
    }
}
