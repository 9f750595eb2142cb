using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Chatbot.ServiceDefaults.Discovery;

internal static class ServiceDiscoverySetup
{
    public static void AddServiceDiscovery(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ServiceEndpoints>();
        builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter, DiscoveryFilter>();
    }

    private sealed class DiscoveryFilter(ServiceEndpoints endpoints, IOptionsMonitor<ServiceDiscoveryOptions> options)
        : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            if (options.Get(builder.Name ?? Options.DefaultName).Enabled)
                builder.AdditionalHandlers.Insert(0, new DiscoveryHandler(endpoints));
        };
    }

    private sealed class DiscoveryHandler(ServiceEndpoints endpoints) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is not { } asked)
                return await base.SendAsync(request, cancellationToken);

            request.RequestUri = endpoints.Resolve(asked);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                // A retry asks anew, and so may reach another replica.
                request.RequestUri = asked;
            }
        }
    }
}
