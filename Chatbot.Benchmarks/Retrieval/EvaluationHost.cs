using Chatbot.Api;
using Chatbot.Api.Retrieval;
using Chatbot.Backends;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Server.Evaluating;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>The product over a data directory of its own, with what the measurements need of it.</summary>
internal sealed class EvaluationHost : IDisposable
{
    private readonly IHost host;
    private readonly string directory;

    private EvaluationHost(IHost host, string directory, string knowledgeBaseId)
    {
        this.host = host;
        this.directory = directory;
        KnowledgeBaseId = knowledgeBaseId;
    }

    public string KnowledgeBaseId { get; }

    public IChunkIndex Index => host.Services.GetRequiredService<IChunkIndex>();

    public Retriever Retriever => host.Services.GetRequiredService<Retriever>();

    public static async Task<EvaluationHost> OpenAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Data:Directory"] = Path.GetFullPath(directory);
        builder.AddBackends();
        builder.AddAnswering();
        var host = builder.Build();
        await host.Services.InitializeBackendsAsync(cancellationToken);
        var found = await host.Services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, cancellationToken);
        return new EvaluationHost(host, directory, found!.Id);
    }

    /// <summary>Gives every chunk its vector; those of an earlier run are kept.</summary>
    public Task EmbedAsync(CancellationToken cancellationToken) =>
        EvalCorpus.EmbedAsync(Index, host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), ShowAsync, cancellationToken);

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var state = await Index.GetStateAsync(KnowledgeBaseId, cancellationToken);
        await Console.Error.WriteAsync($"\r{Path.GetFileName(directory)}: {state.WithVector} of {state.Chunks} vectors ");
    }

    /// <summary>The vectors of questions, from a file beside the data when these questions were asked before.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> questions, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, $"questions-{Ids.Hash(string.Join('\n', questions))[..16]}.vectors");
        if (!File.Exists(path))
        {
            var meaning = host.Services.GetRequiredService<QuestionMeaning>();
            await using var file = new BinaryWriter(File.Create(path + ".part"));
            foreach (var question in questions)
            {
                var vector = await meaning.OfAsync(question, cancellationToken);
                if (vector.IsEmpty) throw new InvalidOperationException($"The embedding model gave no vector for '{question}'.");
                file.Write(vector.Length);
                foreach (var value in vector.Span) file.Write(value);
            }

            await file.DisposeAsync();
            File.Move(path + ".part", path);
        }

        using var reader = new BinaryReader(File.OpenRead(path));
        var vectors = new List<ReadOnlyMemory<float>>(questions.Count);
        foreach (var _ in questions)
        {
            var vector = new float[reader.ReadInt32()];
            for (var i = 0; i < vector.Length; i++) vector[i] = reader.ReadSingle();
            vectors.Add(vector);
        }

        return vectors;
    }

    public void Dispose() => host.Dispose();
}
