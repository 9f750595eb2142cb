using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Chatbot.Tests.AppHost;

public sealed class ModelRulesTests
{
    [Theory]
    [InlineData("", "1 to 64 characters")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345", "1 to 64 characters")]
    [InlineData("1st", "start with an ASCII letter")]
    [InlineData("-api", "start with an ASCII letter")]
    [InlineData("my_api", "Only ASCII letters, digits and '-'")]
    [InlineData("küche", "Only ASCII letters, digits and '-'")]
    [InlineData("a--b", "cannot contain '--'")]
    [InlineData("api-", "cannot end with '-'")]
    public void An_illegal_name_is_refused_with_the_rule_it_breaks(string name, string rule)
    {
        using var fixture = new AppHostFixture();

        var error = Assert.Throws<ArgumentException>(() => fixture.CreateBuilder().AddContainer(name, "image"));

        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_resource_of_the_same_name_is_refused_whatever_its_kind_and_case()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        builder.AddRedis("cache");

        var error = Assert.Throws<DistributedApplicationException>(() => builder.AddParameter("Cache"));

        Assert.Contains("'cache' exists already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_endpoint_of_the_same_name_is_refused()
    {
        using var fixture = new AppHostFixture();
        var container = fixture.CreateBuilder().AddContainer("web", "image").WithHttpEndpoint(targetPort: 80);

        var error = Assert.Throws<DistributedApplicationException>(() => container.WithHttpEndpoint(targetPort: 81));

        Assert.Contains("'web' already has an endpoint 'http'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_probe_and_a_health_check_for_one_path_are_refused()
    {
        using var fixture = new AppHostFixture();
        var container = fixture.CreateBuilder().AddContainer("web", "image").WithHttpProbe(ProbeType.Readiness, "/health");

        var error = Assert.Throws<DistributedApplicationException>(() => container.WithHttpHealthCheck("/health"));

        Assert.Contains("already has a health check", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_that_wait_for_each_other_are_refused_at_the_start()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        var first = builder.AddExecutable("first", "true", ".");
        var second = builder.AddExecutable("second", "true", ".").WaitFor(first);
        first.WaitFor(second);
        await using var application = builder.Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("first → second → first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_profile_that_does_not_exist_is_refused_with_its_name()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        fixture.AddProjectFolder("Sample", null);

        var error = Assert.Throws<DistributedApplicationException>(() => builder.AddProject<SampleProject>("sample", "nightly"));

        Assert.Contains("'nightly'", error.Message, StringComparison.Ordinal);
    }

    private sealed class SampleProject : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(Path.GetTempPath(), "no-such-folder", "Sample.csproj");
    }
}
