using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Servers.OpenAi.Embeddings;

/// <summary>
/// An embedding model at any endpoint that speaks OpenAI's API. Section <c>Embeddings</c>; the variables
/// <c>EMBEDDING_BASE_URL</c>, <c>EMBEDDING_API_KEY</c>, <c>EMBEDDING_MODEL</c> and <c>EMBEDDING_DIMENSIONS</c> win over it.
/// Without an endpoint the model that ships with the product is used.
/// </summary>
public sealed class EmbeddingsOptions : IValidatableObject
{
    public const string Section = "Embeddings";

    /// <summary>Numbers that a vector may have at most.</summary>
    public const int MostDimensions = 4096;

    // Model names can be long; an index records at most 64 characters.
    private const int LongestModelInName = 40, HexDigits = 12;

    /// <summary>With the version in its path, as in <c>https://api.openai.com/v1</c>; <c>/embeddings</c> is added.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Sent as bearer token; a local server without keys needs none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>As the endpoint calls it.</summary>
    public string? Model { get; set; }

    /// <summary>Numbers in a vector of the model; 0 where no endpoint is set.</summary>
    [Range(0, MostDimensions)]
    public int Dimensions { get; set; }

    /// <summary>Ask the model for this number of dimensions, as those that can shorten their vectors allow. Others refuse to be asked.</summary>
    public bool RequestDimensions { get; set; }

    /// <summary>Put before a question. The model's authors say what: <c>"query: "</c> for those of the E5 family.</summary>
    public string QueryPrefix { get; set; } = "";

    /// <summary>Put before a stored text.</summary>
    public string PassagePrefix { get; set; } = "";

    /// <summary>Texts in a request at most. OpenAI takes 2,048; local servers often 32.</summary>
    [Range(1, 2048)]
    public int BatchSize { get; set; } = 32;

    /// <summary>0 sets no limit. Questions count, but do not wait.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerMinute { get; set; }

    /// <summary>0 sets no limit. Estimated as one token for four bytes of text.</summary>
    [Range(0, 1_000_000_000)]
    public int TokensPerMinute { get; set; }

    /// <summary>What the endpoint takes for a million tokens, in whatever currency; 0 when it takes nothing or nobody said. Previews of sites tell with it what the whole would cost.</summary>
    [Range(0, 1_000_000)]
    public double PricePerMillionTokens { get; set; }

    /// <summary>For one attempt, from the request to the last byte of its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Further attempts after a failure that may pass (429, 5xx, no connection), with doubling pauses or those that the endpoint asks for. A question is tried once more at most.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 5;

    /// <summary>There is an endpoint to ask.</summary>
    internal bool IsConfigured => Endpoint is not null;

    /// <summary>Says what vectors must have in common to be compared, at most 64 characters: an index records it with each vector.</summary>
    internal string SpaceName
    {
        get
        {
            var all = string.Create(CultureInfo.InvariantCulture, $"{Model}\n{Dimensions}\n{QueryPrefix}\n{PassagePrefix}");
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..HexDigits];
            return string.Create(CultureInfo.InvariantCulture, $"{Model![..Math.Min(Model!.Length, LongestModelInName)]}|{Dimensions}|{hash}");
        }
    }

    /// <summary>What the variables say wins over what stands here.</summary>
    /// <exception cref="OptionsValidationException">A variable cannot be read.</exception>
    internal void Overlay(IConfiguration configuration)
    {
        if (configuration["EMBEDDING_BASE_URL"] is { Length: > 0 } url)
            Endpoint = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : throw Wrong($"EMBEDDING_BASE_URL is no absolute URL: {url}");
        if (configuration["EMBEDDING_API_KEY"] is { Length: > 0 } key) ApiKey = key;
        if (configuration["EMBEDDING_MODEL"] is { Length: > 0 } model) Model = model;
        if (configuration["EMBEDDING_DIMENSIONS"] is { Length: > 0 } number)
            Dimensions = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var dimensions) ? dimensions : throw Wrong($"EMBEDDING_DIMENSIONS is no number: {number}");
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is null)
        {
            if (!string.IsNullOrWhiteSpace(Model) || !string.IsNullOrWhiteSpace(ApiKey))
                yield return new ValidationResult("Embeddings:Endpoint (or EMBEDDING_BASE_URL) is missing: a model or a key is set, but not where to ask. Without all three the model that ships with the product is used.", [nameof(Endpoint)]);
            yield break;
        }

        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https"))
            yield return new ValidationResult($"Embeddings:Endpoint is no URL with http or https: {Endpoint}", [nameof(Endpoint)]);
        else if (Endpoint.UserInfo.Length > 0)
            yield return new ValidationResult("Embeddings:Endpoint holds a name or password; put the key into Embeddings:ApiKey.", [nameof(Endpoint)]);
        if (string.IsNullOrWhiteSpace(Model))
            yield return new ValidationResult("Embeddings:Model (or EMBEDDING_MODEL) is missing: the model's name as the endpoint calls it.", [nameof(Model)]);
        if (Dimensions == 0)
            yield return new ValidationResult("Embeddings:Dimensions (or EMBEDDING_DIMENSIONS) is missing: how many numbers a vector of the model has, such as 1536.", [nameof(Dimensions)]);
    }

    private static OptionsValidationException Wrong(string message) => new("", typeof(EmbeddingsOptions), [message]);
}

[OptionsValidator]
internal sealed partial class EmbeddingsOptionsValidator : IValidateOptions<EmbeddingsOptions>;
