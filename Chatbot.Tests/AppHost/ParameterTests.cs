using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Chatbot.Tests.AppHost;

public sealed partial class ParameterTests
{
    [Theory]
    [InlineData("--Parameters:my-key=from the command line")]
    [InlineData("--Parameters:my_key=from the command line")]
    public async Task A_parameter_is_read_from_configuration_also_with_underscores(string argument)
    {
        using var fixture = new AppHostFixture();
        var parameter = fixture.CreateBuilder(argument).AddParameter("my-key", secret: true);

        Assert.Equal("from the command line", await ValueOfAsync(parameter));
    }

    [Fact]
    public async Task A_missing_parameter_is_asked_for_with_the_ways_to_give_it()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreateBuilder();
        builder.AddExecutable("app", "true", fixture.Folder).WithEnvironment("KEY", builder.AddParameter("my-key", secret: true));
        await using var application = builder.Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => application.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'my-key' has no value", error.Message, StringComparison.Ordinal);
        Assert.Contains("Parameters__my_key", error.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet user-secrets set Parameters:my-key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generated_secret_is_kept_and_the_next_run_has_the_same()
    {
        using var fixture = new AppHostFixture();
        var generated = new GenerateParameterDefault { MinLength = 22, Special = false };

        var first = await ValueOfAsync(fixture.CreateBuilder().AddParameter("db-password", generated, secret: true, persist: true));
        var second = await ValueOfAsync(fixture.CreateBuilder().AddParameter("db-password", generated, secret: true, persist: true));

        Assert.Equal(first, second);
        Assert.Matches(LettersAndDigits(), first);
        Assert.Equal(first, (string?)JsonNode.Parse(await File.ReadAllTextAsync(fixture.SecretsPath, TestContext.Current.CancellationToken))!["Parameters:db-password"]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(fixture.SecretsPath));
    }

    [Fact]
    public async Task A_configured_value_wins_over_a_generated_one_and_nothing_is_kept()
    {
        using var fixture = new AppHostFixture();
        var parameter = fixture.CreateBuilder("--Parameters:db-password=mine")
            .AddParameter("db-password", new GenerateParameterDefault(), secret: true, persist: true);

        Assert.Equal("mine", await ValueOfAsync(parameter));
        Assert.False(File.Exists(fixture.SecretsPath));
    }

    [Fact]
    public async Task Publishing_generates_no_secret()
    {
        using var fixture = new AppHostFixture();
        var builder = fixture.CreatePublisher();
        builder.AddRedis("redis");
        await using var application = builder.Build();

        await application.StartAsync(TestContext.Current.CancellationToken);

        Assert.False(File.Exists(fixture.SecretsPath));
    }

    [Fact]
    public void A_secret_cannot_be_published_as_a_default()
    {
        using var fixture = new AppHostFixture();

        Assert.Throws<ArgumentException>(() => fixture.CreateBuilder().AddParameter("key", "value", publishValueAsDefault: true, secret: true));
    }

    private static ValueTask<string?> ValueOfAsync(IResourceBuilder<ParameterResource> parameter) =>
        parameter.Resource.GetValueAsync(new ValueProviderContext(), TestContext.Current.CancellationToken);

    [GeneratedRegex("^[A-Za-z0-9]{22}$")]
    private static partial Regex LettersAndDigits();
}
