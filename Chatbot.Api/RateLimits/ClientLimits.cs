using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.RateLimits;

/// <summary>The rate limits per client. A refused request gets 429 with <c>Retry-After</c>.</summary>
internal static class ClientLimits
{
    public const string Questions = "questions";
    public const string Suggestions = "suggestions";
    public const string SignIns = "sign-ins";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddClientLimits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RateLimitOptions, RateLimitOptionsValidator>().BindConfiguration("RateLimits");
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, limits) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = TellWhenAsync;
            limiter.AddPolicy(Questions, context => Limit(context, limits.Value.QuestionsPerMinute));
            limiter.AddPolicy(Suggestions, context => Limit(context, limits.Value.SuggestionsPerMinute));
            limiter.AddPolicy(SignIns, context => Limit(context, limits.Value.SignInsPerMinute));
        });
    }

    private static RateLimitPartition<string> Limit(HttpContext context, int perMinute) => Of(context.Connection.RemoteIpAddress?.ToString() ?? "", perMinute);

    /// <param name="client">Its address.</param>
    /// <param name="perMinute">0 sets no limit.</param>
    public static RateLimitPartition<string> Of(string client, int perMinute)
    {
        return perMinute == 0
            ? RateLimitPartition.GetNoLimiter(client)
            : RateLimitPartition.GetSlidingWindowLimiter(client, _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = perMinute,
                Window = Window,
                SegmentsPerWindow = 6,
                QueueLimit = 0,
            });
    }

    // The status code pages write the problem.
    private static ValueTask TellWhenAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : Window / 6;
        rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}
