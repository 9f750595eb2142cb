using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.ServiceDefaults.Serving;

internal static class ServerLimitsSetup
{
    /// <summary>Largest request body where an endpoint does not say otherwise. Questions are small; uploads set their own.</summary>
    private const long MaxRequestBodyBytes = 10 * 1024 * 1024;

    public static void AddServerLimits(this IHostApplicationBuilder builder) =>
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
            // Kestrel's own 30 s let a slow sender hold twice as many connections.
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
}
