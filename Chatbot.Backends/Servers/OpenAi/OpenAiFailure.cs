using System.ClientModel;
using System.Globalization;
using Chatbot.Core.Answering;

namespace Chatbot.Backends.Servers.OpenAi;

/// <summary>What the SDK throws, as what happened to the model. Pure.</summary>
internal static class OpenAiFailure
{
    // The reason that OpenAI gives for a 429 that does not pass: the account has no money left.
    private const string NoMoney = "insufficient_quota";

    // An error body may be a whole page.
    private const int LongestMessage = 300;

    /// <param name="key">Does not go into the message.</param>
    public static ModelFailedException Of(Exception error, string? key, DateTimeOffset now) => error switch
    {
        ModelFailedException known => known,
        ClientResultException { Status: > 0 } answered => OfStatus(answered, key, now),
        // No connection, or one that broke. What cannot be parsed comes from something else than a model's endpoint.
        ClientResultException or HttpRequestException or IOException or TimeoutException => new ModelFailedException($"no connection: {Shown(error.Message, key)}", error) { MayPass = true },
        _ => new ModelFailedException($"an answer that is not of OpenAI's API: {Shown(error.Message, key)}", error),
    };

    private static ModelFailedException OfStatus(ClientResultException error, string? key, DateTimeOffset now)
    {
        var isRefused = error.Status is 400 or 413 or 422;
        return new ModelFailedException($"status {error.Status.ToString(CultureInfo.InvariantCulture)}: {Shown(error.Message, key)}", error)
        {
            MayPass = error.Status is 408 or 409 or 425 or 429 or >= 500 && !error.Message.Contains(NoMoney, StringComparison.Ordinal),
            IsOfRequest = isRefused,
            RetryAfter = RetryAfter(error, now),
        };
    }

    private static TimeSpan? RetryAfter(ClientResultException error, DateTimeOffset now)
    {
        if (error.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var value)) return null;
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0) return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        return at > now ? at - now : TimeSpan.Zero;
    }

    private static string Shown(string message, string? key)
    {
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (!string.IsNullOrWhiteSpace(key)) line = line.Replace(key, "***", StringComparison.Ordinal);
        return line.Length <= LongestMessage ? line : string.Concat(line.AsSpan(0, LongestMessage), "…");
    }
}
