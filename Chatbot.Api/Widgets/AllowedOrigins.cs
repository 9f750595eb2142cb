using Chatbot.Api.Answering.Conversing;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Chatbot.Api.Widgets;

/// <summary>
/// Which pages may ask. Browsers are told by CORS that any origin some knowledge base lists may call the chat endpoints (a
/// preflight does not say which knowledge base it is for); each question is then checked against its own. Safe for concurrent use.
/// </summary>
internal sealed class AllowedOrigins(KnowledgeBaseStore knowledgeBases, TimeProvider clock) : ICorsPolicyProvider
{
    public const string Policy = "widget";

    // Preflights come in bursts; an origin that was just added may wait as long.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromMinutes(10);

    private volatile Known known = new(DateTimeOffset.MinValue, new CorsPolicy());

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        if (policyName != Policy)
            return null;
        var now = clock.GetUtcNow();
        if (now - known.Since > Freshness)
            known = new Known(now, Build(await knowledgeBases.ListAsync(context.RequestAborted)));
        return known.Policy;
    }

    /// <summary>True for what is no page of another origin, and for those that the knowledge base lists.</summary>
    public static bool Allows(KnowledgeBase knowledgeBase, HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || SameOrigin.IsSame(request)
            || knowledgeBase.Settings.AllowedOrigins.Contains(origin.TrimEnd('/'), StringComparer.OrdinalIgnoreCase);
    }

    // Without credentials: a visitor's question never carries an administrator's cookie.
    private static CorsPolicy Build(IEnumerable<KnowledgeBase> all) => new CorsPolicyBuilder()
        .WithOrigins([.. all.SelectMany(one => one.Settings.AllowedOrigins).Distinct(StringComparer.OrdinalIgnoreCase)])
        .WithMethods("GET", "POST", "DELETE")
        .WithHeaders("Content-Type", "Last-Event-ID", "traceparent", VisitorId.Header)
        .WithExposedHeaders("X-Trace-Id", "Retry-After")
        .SetPreflightMaxAge(PreflightLifetime)
        .Build();

    private sealed record Known(DateTimeOffset Since, CorsPolicy Policy);
}
