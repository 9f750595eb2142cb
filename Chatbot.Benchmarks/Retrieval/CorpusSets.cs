using Chatbot.Server.Evaluating;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>Sets of passages: <c>corpus.jsonl</c>, <c>queries.jsonl</c> and <c>qrels.tsv</c> in a folder. Each passage is one chunk.</summary>
internal static class CorpusSets
{
    public static async Task<EvaluationSet> OpenAsync(string folder, string data, int every, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(folder);
        var host = await EvaluationHost.OpenAsync(Path.Combine(data, name), cancellationToken);
        await EvalCorpus.IndexAsync(host.Index, host.KnowledgeBaseId, new FileInfo(Path.Combine(folder, "corpus.jsonl")), cancellationToken);
        await host.EmbedAsync(cancellationToken);
        var right = File.ReadLines(Path.Combine(folder, "qrels.tsv")).Select(line => line.Split('\t')).ToLookup(cells => cells[0], cells => cells[1]);
        var questions = await EvalCorpus.ReadAsync(new FileInfo(Path.Combine(folder, "queries.jsonl")), EvalJson.Default.EvalQuery, cancellationToken)
            .Where((_, i) => i % every == 0)
            .Select(q => new EvaluationQuestion(q.Id, q.Text, IsAnswerable: true, chunk => chunk.Url, right[q.Id].Contains, _ => true))
            .ToListAsync(cancellationToken);
        return new EvaluationSet(name, host, questions, IsSite: false);
    }
}
