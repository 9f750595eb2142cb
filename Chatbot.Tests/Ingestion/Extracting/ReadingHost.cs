using Chatbot.Core.Extractions;
using Chatbot.Ingestion;
using Chatbot.Ingestion.Extracting;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Chatbot.Tests.Ingestion.Extracting;

/// <summary>The readers of documents as the product has them, with settings of a test.</summary>
internal sealed class ReadingHost : IDisposable
{
    private readonly IHost _host;

    public ReadingHost(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(Unhurried.Settings);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Name, s.Value)));
        builder.AddExtracting();
        builder.Services.AddSingleton<IDocumentArchive, NoArchive>();
        _host = builder.Build();
    }

    public Task<Extraction> ReadAsync(byte[] bytes, string name = "paper.pdf", string? contentType = null, params string[] languages) =>
        _host.Services.GetRequiredService<Extractors>().ReadAsync(new ExtractionSource(bytes, name, contentType) { Languages = languages }, TestContext.Current.CancellationToken);

    public async Task<string> WhyNotAsync(byte[] bytes, string name = "paper.pdf") =>
        (await Assert.ThrowsAsync<ExtractionFailedException>(() => ReadAsync(bytes, name))).Message;

    public void Dispose() => _host.Dispose();

    private sealed class NoArchive : IDocumentArchive
    {
        public Task<Extraction?> FindAsync(string blobHash, string extractorVersion, CancellationToken cancellationToken) => Task.FromResult<Extraction?>(null);

        public Task KeepAsync(string blobHash, string extractorVersion, Extraction extraction, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
