using Chatbot.Tests.Node;

namespace Chatbot.Tests.AppHost;

/// <summary>The manifest at the root of the repository, which deployment tools read.</summary>
public sealed class PublishedManifestTests
{
    private static readonly string CommittedManifest = Path.GetFullPath("../aspire-manifest.json", AppHostFixture.AppHostDirectory);

    [Fact]
    public async Task The_committed_manifest_is_what_the_AppHost_publishes_now()
    {
        using var fixture = new AppHostFixture();

        // Beside the committed one, for paths are relative to the manifest.
        var published = CommittedManifest + $".{Path.GetFileName(fixture.Folder)}.json";
        try
        {
            var (exitCode, output) = await AppHostFixture.RunAppHostAsync(
                ["--publisher", "manifest", "--output-path", published], TestContext.Current.CancellationToken);

            Assert.True(exitCode == 0, output);
            Assert.True(
                File.ReadAllText(published) == File.ReadAllText(CommittedManifest),
                "aspire-manifest.json is out of date. Refresh it from the root of the repository: "
                + "dotnet run --project Chatbot.AppHost -- --publisher manifest --output-path aspire-manifest.json");
        }
        finally
        {
            File.Delete(published);
        }
    }

    [Fact]
    public async Task The_committed_manifest_is_valid_under_its_schema()
    {
        var schema = Path.GetFullPath("../Schemas/aspire-manifest.schema.json", NodeTools.Folder);

        var (exitCode, output) = await NodeTools.RunAsync(
            "validate-schema.mjs", [schema, CommittedManifest], TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_publisher_that_does_not_exist_is_refused_with_the_one_that_does()
    {
        var (exitCode, output) = await AppHostFixture.RunAppHostAsync(["--publisher", "stone"], TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.Contains("--publisher manifest --output-path", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_does_not_exist_is_refused_with_those_that_do()
    {
        var (exitCode, output) = await AppHostFixture.RunAppHostAsync(["--profile", "cloud"], TestContext.Current.CancellationToken);

        Assert.Equal(2, exitCode);
        Assert.Contains("--profile embedded", output, StringComparison.Ordinal);
        Assert.Contains("--profile servers", output, StringComparison.Ordinal);
    }
}
