using System.Threading.RateLimiting;
using Chatbot.Api.RateLimits;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Streaming;

/// <summary>How often one client may ask over its sockets, all of them together: as often as over HTTP. Safe for concurrent use.</summary>
internal sealed class SocketLimits(IOptions<RateLimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(client => ClientLimits.Of(client, options.Value.QuestionsPerMinute));

    /// <param name="client">Its address.</param>
    public bool Allows(string client)
    {
        using var lease = limiter.AttemptAcquire(client);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
