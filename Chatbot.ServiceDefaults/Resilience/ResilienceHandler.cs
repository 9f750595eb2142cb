namespace Chatbot.ServiceDefaults.Resilience;

/// <summary>Sends a client's requests through its pipeline.</summary>
internal sealed class ResilienceHandler(HttpPipeline pipeline) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        pipeline.SendAsync(request, base.SendAsync, cancellationToken);
}
