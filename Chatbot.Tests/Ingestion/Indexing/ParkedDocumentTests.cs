using System.Net;
using System.Text;
using Chatbot.Backends.Documents;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core;
using Chatbot.Core.Blobs;
using Chatbot.Core.Data;
using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Messages;
using Chatbot.Ingestion;
using Chatbot.Ingestion.Extracting;
using Chatbot.Tests.Api;
using Chatbot.Tests.Api.Documents;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Ingestion.Indexing;

public sealed class ParkedDocumentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_poisoned_document_is_parked_with_its_reason_holds_up_no_other_and_can_be_read_again()
    {
        var reader = new PoisonReader { IsPoisoned = true };
        await using var app = await ApiApp.StartAsync(
            new() { ["Jobs:BackOff"] = "00:00:00.010", ["Ingestion:Embed"] = "false" }, services => services.AddSingleton<IExtractor>(reader), builder => builder.AddIngestion());
        await app.SignInAsync();
        var poisoned = await AddAsync(app, "poison", PoisonReader.Type);
        var good = await AddAsync(app, "good", "text/plain");

        var other = await app.IngestedAsync(good);
        var parked = await app.IngestedAsync(poisoned);
        var shown = await app.GetAsync($"/api/documents/{poisoned}");
        reader.IsPoisoned = false;
        var (status, _) = await app.SendAsync(HttpMethod.Post, $"/api/documents/{poisoned}/retry");
        var healed = await app.IngestedAsync(poisoned);

        Assert.Equal(DocumentStatus.Indexed, other.Status);
        Assert.Equal((DocumentStatus.Failed, 4), (parked.Status, reader.Attempts));
        Assert.Contains("3 attempts", shown.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("poisoned well", shown.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal((DocumentStatus.Indexed, (string?)null), (healed.Status, healed.Error));
        // Also what was parked is done with.
        while (!(await app.Services.GetRequiredService<IJobQueue>().GetDepthAsync(Queues.Documents, Token)).Equals(new QueueDepth(0, 0, 0))) await Task.Delay(20, Token);
    }

    [Fact]
    public async Task What_is_not_there_or_waits_cannot_be_read_again()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var waiting = await AddAsync(app, "waiting", "text/plain");

        Assert.Equal(HttpStatusCode.Conflict, (await app.SendAsync(HttpMethod.Post, $"/api/documents/{waiting}/retry")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(HttpMethod.Post, $"/api/documents/{Ids.New()}/retry")).Status);
    }

    private static async Task<string> AddAsync(ApiApp app, string name, string contentType)
    {
        var bytes = Encoding.UTF8.GetBytes($"The {name} is drawn from the well on the market square.");
        var hash = await app.Services.GetRequiredService<IBlobStore>().PutAsync(bytes, Token);
        var knowledgeBase = (await app.Services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, Token))!;
        var seen = new DocumentSeen { KnowledgeBaseId = knowledgeBase.Id, Url = $"https://town.example/{name}", ContentType = contentType, BlobHash = hash, ContentHash = hash };
        var document = await app.Services.GetRequiredService<Database>().WriteAsync(
            transaction => app.Services.GetRequiredService<DocumentStore>().RecordAsync(transaction, seen, Token), Token);
        await app.Services.GetRequiredService<IJobQueue>().PublishAsync([new DocumentChanged(document.Id, document.Version).ToJob()], Token);
        return document.Id;
    }

    /// <summary>A reader with an error in it.</summary>
    private sealed class PoisonReader : IExtractor
    {
        public const string Type = "application/x-poison";

        private int attempts;

        public bool IsPoisoned { get; set; }

        public int Attempts => attempts;

        public string Version => "poison/1";

        public bool Handles(ExtractionSource source) => source.MediaType == Type;

        public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref attempts);
            return IsPoisoned
                ? throw new InvalidOperationException("a poisoned well")
                : Task.FromResult(new Extraction { Blocks = [new() { Kind = BlockKind.Paragraph, Text = "Clear water." }] });
        }
    }
}
