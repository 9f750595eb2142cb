using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Chatbot.ServiceDefaults.Resilience;

internal static class HttpResilienceSetup
{
    /// <summary>Must precede service discovery: the filter added first puts its handler outermost.</summary>
    public static void AddHttpResilience(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<HttpResilienceOptions, HttpResilienceOptionsValidator>();
        // Null is every name; BindConfiguration would bind the nameless options alone.
        builder.Services.AddSingleton<IConfigureOptions<HttpResilienceOptions>>(services =>
            new ConfigureNamedOptions<HttpResilienceOptions>(null, options =>
                services.GetRequiredService<IConfiguration>().GetSection("HttpResilience").Bind(options)));
        builder.Services.TryAddSingleton<HttpPipelines>();
        builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter, ResilienceFilter>();
    }

    private sealed class ResilienceFilter(HttpPipelines pipelines) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            if (pipelines.For(builder.Name ?? Options.DefaultName) is { } pipeline)
                builder.AdditionalHandlers.Insert(0, new ResilienceHandler(pipeline));
        };
    }
}
