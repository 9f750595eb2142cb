using Chatbot.Backends.Servers.OpenAi.Embeddings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Backends.Servers.OpenAi;

public sealed class EmbeddingsOptionsTests
{
    [Fact]
    public void Without_an_endpoint_there_is_nothing_to_say()
    {
        Assert.True(Check(new EmbeddingsOptions()).Succeeded);
    }

    [Theory]
    [InlineData(null, "m", 2, "Embeddings:Endpoint (or EMBEDDING_BASE_URL) is missing")]
    [InlineData("ftp://models.example", "m", 2, "no URL with http or https")]
    [InlineData("http://user:secret@models.example/v1", "m", 2, "put the key into Embeddings:ApiKey")]
    [InlineData("http://models.example/v1", "", 2, "Embeddings:Model (or EMBEDDING_MODEL) is missing")]
    [InlineData("http://models.example/v1", "m", 0, "Embeddings:Dimensions (or EMBEDDING_DIMENSIONS) is missing")]
    [InlineData("http://models.example/v1", "m", 5000, "Dimensions")]
    public void What_is_missing_or_wrong_is_named(string? endpoint, string model, int dimensions, string said)
    {
        var result = Check(new EmbeddingsOptions { Endpoint = endpoint is null ? null : new Uri(endpoint), Model = model, Dimensions = dimensions });

        Assert.True(result.Failed);
        Assert.Contains(result.Failures, failure => failure.Contains(said, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Failures, failure => failure.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_win_over_the_section()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["EMBEDDING_BASE_URL"] = "http://models.example/v1", ["EMBEDDING_API_KEY"] = "k", ["EMBEDDING_MODEL"] = "bge-m3", ["EMBEDDING_DIMENSIONS"] = "1024",
        }).Build();
        var options = new EmbeddingsOptions { Model = "other", Dimensions = 3 };

        options.Overlay(configuration);

        Assert.Equal(("http://models.example/v1", "k", "bge-m3", 1024), (options.Endpoint!.ToString(), options.ApiKey, options.Model, options.Dimensions));
        Assert.True(Check(options).Succeeded);
    }

    [Theory]
    [InlineData("EMBEDDING_BASE_URL", "models")]
    [InlineData("EMBEDDING_DIMENSIONS", "many")]
    public void A_variable_that_cannot_be_read_is_named(string name, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [name] = value }).Build();

        var error = Assert.Throws<OptionsValidationException>(() => new EmbeddingsOptions().Overlay(configuration));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Check(EmbeddingsOptions options) => new EmbeddingsOptionsValidator().Validate(null, options);
}
