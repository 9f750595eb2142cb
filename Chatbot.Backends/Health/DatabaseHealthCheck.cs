using Chatbot.Backends.Data;
using Chatbot.Core.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chatbot.Backends.Health;

/// <summary>Healthy while the database answers.</summary>
internal sealed class DatabaseHealthCheck(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.ReadAsync(connection => connection.FirstAsync<int>("SELECT 1", null, cancellationToken), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.", error);
        }
    }
}
