using System.Runtime.InteropServices;
using System.Text;
using Chatbot.Core;
using Chatbot.Core.Caching;

namespace Chatbot.Api.Retrieval;

/// <summary>Vectors of questions that were asked before, by the model that made them. Safe for concurrent use.</summary>
internal sealed class QuestionVectors(ICache cache)
{
    // A vector never becomes wrong; the cache drops what nobody asks for.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <param name="model">That would be asked now.</param>
    /// <returns>Empty when there is none.</returns>
    public async Task<QuestionVector> FindAsync(string question, string? model, CancellationToken cancellationToken)
    {
        if (await cache.GetAsync(KeyOf(question, model), cancellationToken) is not { Length: > 1 } value) return default;
        var name = Encoding.UTF8.GetString(value, 1, value[0]);
        return new QuestionVector(MemoryMarshal.Cast<byte, float>(value.AsSpan(1 + value[0])).ToArray(), name);
    }

    /// <param name="model">That was asked; its vectors may go by another name.</param>
    public async Task KeepAsync(string question, string? model, QuestionVector vector, CancellationToken cancellationToken)
    {
        // Whose vectors these are must be known: those of another model compare with nothing.
        if (vector.IsEmpty || vector.Model is not { Length: > 0 } name || Encoding.UTF8.GetByteCount(name) > byte.MaxValue) return;
        var names = Encoding.UTF8.GetBytes(name);
        byte[] value = [(byte)names.Length, .. names, .. MemoryMarshal.AsBytes(vector.Span)];
        await cache.SetAsync(KeyOf(question, model), value, Lifetime, [], cancellationToken);
    }

    private static string KeyOf(string question, string? model) => Ids.Derive("question-vector", model ?? "", question);
}
