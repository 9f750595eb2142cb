using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace Chatbot.Tests.ServiceDefaults;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task A_healthy_process_says_one_word(string path)
    {
        await using var app = await DefaultsApp.StartAsync();

        var body = await app.TextAsync(path);

        Assert.Equal("Healthy", body);
    }

    [Fact]
    public async Task A_failing_dependency_makes_it_unready_but_not_dead_and_stays_unnamed()
    {
        await using var app = await DefaultsApp.StartAsync(configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("database", () => HealthCheckResult.Unhealthy("password of root is wrong")));

        var health = await app.GetAsync("/health");
        var alive = await app.GetAsync("/alive");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("Unhealthy", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
