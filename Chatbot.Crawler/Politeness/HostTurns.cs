using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Crawler.Politeness;

/// <summary>
/// Hands out the turns at a host to all crawlers that share the database, so that several of them together are as polite
/// as one. Safe for concurrent use.
/// </summary>
internal sealed class HostTurns(Database database, TimeProvider time)
{
    /// <summary>Takes the next turn.</summary>
    /// <param name="host">Name and port.</param>
    /// <param name="pause">Until the turn after it.</param>
    /// <returns>How long to wait for it, 0 or more.</returns>
    public Task<TimeSpan> ReserveAsync(string host, TimeSpan pause, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var (now, milliseconds) = (time.Now(), (long)pause.TotalMilliseconds);
            // In one statement, which holds the row: of two crawlers each gets a turn of its own.
            const string Take = "UPDATE host_turns SET next_at = CASE WHEN next_at > @now THEN next_at ELSE @now END + @milliseconds WHERE host = @host";
            if (await transaction.RunAsync(Take, new { host, now, milliseconds }, cancellationToken) == 0)
            {
                await transaction.RunAsync($"{database.Dialect.InsertOrIgnore} host_turns (host, next_at) VALUES (@host, @now)", new { host, now }, cancellationToken);
                await transaction.RunAsync(Take, new { host, now, milliseconds }, cancellationToken);
            }

            var next = await transaction.FirstAsync<long>("SELECT next_at FROM host_turns WHERE host = @host", With(new { host }), cancellationToken);
            return TimeSpan.FromMilliseconds(Math.Max(0, next - milliseconds - now));
        },
        cancellationToken);

    /// <summary>Nobody asks the host before this time.</summary>
    public Task HoldAsync(string host, DateTimeOffset until, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var at = Stored.Time(until);
            await transaction.RunAsync($"{database.Dialect.InsertOrIgnore} host_turns (host, next_at) VALUES (@host, @at)", new { host, at }, cancellationToken);
            await transaction.RunAsync("UPDATE host_turns SET next_at = @at WHERE host = @host AND next_at < @at", new { host, at }, cancellationToken);
        },
        cancellationToken);
}
