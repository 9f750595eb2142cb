using Chatbot.Backends.Data;
using Chatbot.Backends.Secrets;
using Chatbot.Core.Data;
using Chatbot.Core.Handovers;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Handovers;

/// <summary>Who is told of hand-overs. Safe for concurrent use.</summary>
public sealed class HandoverTargetStore(Database database, IOptions<Embedded.DataOptions> data)
{
    private readonly SecretBox _box = new(data);

    /// <exception cref="StorageException">The secret was sealed with a key that is not there any more.</exception>
    public async Task<HandoverTarget> FindAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.FirstAsync<Row>(
                "SELECT email, webhook_url, sealed_secret FROM handover_targets WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken),
            cancellationToken);
        return row is null ? HandoverTarget.None : new(row.Email, row.WebhookUrl, row.SealedSecret is null ? null : _box.Open(row.SealedSecret, Context(knowledgeBaseId)));
    }

    /// <summary>Whether anybody is told, without opening the secret.</summary>
    public async Task<bool> IsSetAsync(string knowledgeBaseId, CancellationToken cancellationToken) => await database.ReadAsync(
        connection => connection.FirstAsync<int>("SELECT COUNT(*) FROM handover_targets WHERE knowledge_base_id = @knowledgeBaseId", With(new { knowledgeBaseId }), cancellationToken), cancellationToken) > 0;

    /// <summary>Sets them, in place of what there was; those that tell nobody are forgotten.</summary>
    public Task SaveAsync(string knowledgeBaseId, HandoverTarget target, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => target.IsSet
            ? transaction.RunAsync(
                $"""
                INSERT INTO handover_targets (knowledge_base_id, email, webhook_url, sealed_secret) VALUES (@knowledgeBaseId, @Email, @WebhookUrl, @secret)
                {database.Dialect.OnConflictUpdate("knowledge_base_id", "email", "webhook_url", "sealed_secret")}
                """,
                new { knowledgeBaseId, target.Email, target.WebhookUrl, secret = target.Secret is null ? null : _box.Seal(target.Secret, Context(knowledgeBaseId)) },
                cancellationToken)
            : transaction.RunAsync("DELETE FROM handover_targets WHERE knowledge_base_id = @knowledgeBaseId", new { knowledgeBaseId }, cancellationToken),
        cancellationToken);

    private static string Context(string knowledgeBaseId) => "handover " + knowledgeBaseId;

    private sealed class Row
    {
        public string? Email { get; set; }

        public string? WebhookUrl { get; set; }

        public string? SealedSecret { get; set; }
    }
}
