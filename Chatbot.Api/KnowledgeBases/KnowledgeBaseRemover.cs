using Chatbot.Backends.Documents;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.KnowledgeBases;

/// <summary>Takes a knowledge base away with everything in it. Safe to repeat after a failure half-way.</summary>
internal sealed class KnowledgeBaseRemover(KnowledgeBaseStore knowledgeBases, DocumentStore documents, IChunkIndex index)
{
    private const int Batch = 500;

    public async Task RemoveAsync(KnowledgeBase knowledgeBase, CancellationToken cancellationToken)
    {
        // The index first: rows without a knowledge base would be found by nobody, and stay for ever.
        var trial = TrialIndex.IdOf(knowledgeBase.Id);
        var isTried = (await index.GetStateAsync(trial, cancellationToken)).Documents > 0;
        var filter = new DocumentFilter { KnowledgeBaseId = knowledgeBase.Id, Limit = Batch };
        for (var some = await documents.ListAsync(filter, cancellationToken); some.Count > 0; some = await documents.ListAsync(filter, cancellationToken))
        {
            foreach (var document in some)
            {
                await index.DeleteAsync(knowledgeBase.Id, document.Id, cancellationToken);
                if (isTried) await index.DeleteAsync(trial, TrialIndex.DocumentOf(document.Id), cancellationToken);
            }

            filter = filter with { Offset = filter.Offset + some.Count };
        }

        await knowledgeBases.DeleteAsync(knowledgeBase.Id, cancellationToken);
    }
}
