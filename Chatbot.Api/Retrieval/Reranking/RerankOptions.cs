using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Retrieval.Reranking;

/// <summary>
/// A model that reads question and passage together, at an endpoint of the form that Jina, Cohere, vLLM and others share.
/// Section <c>Rerank</c>; the variables <c>RERANK_BASE_URL</c>, <c>RERANK_API_KEY</c> and <c>RERANK_MODEL</c> win over it.
/// Without an endpoint there is none.
/// </summary>
public sealed class RerankOptions : IValidatableObject
{
    public const string Section = "Rerank";

    /// <summary>With the version in its path, as in <c>https://api.jina.ai/v1</c>; <c>/rerank</c> is added.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Sent as bearer token; a local server without keys needs none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>As the endpoint calls it; some serve a single one and need no name.</summary>
    public string? Model { get; set; }

    /// <summary>Passages that it is shown, the best of the ranking before it.</summary>
    [Range(2, 100)]
    public int Candidates { get; set; } = 30;

    /// <summary>The order stays as it was when the endpoint takes longer: visitors wait for it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>There is an endpoint to ask.</summary>
    internal bool IsConfigured => Endpoint is not null;

    /// <summary>What the variables say wins over what stands here.</summary>
    /// <exception cref="OptionsValidationException">A variable cannot be read.</exception>
    internal void Overlay(IConfiguration configuration)
    {
        if (configuration["RERANK_BASE_URL"] is { Length: > 0 } url)
            Endpoint = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : throw new OptionsValidationException("", typeof(RerankOptions), [$"RERANK_BASE_URL is no absolute URL: {url}"]);
        if (configuration["RERANK_API_KEY"] is { Length: > 0 } key) ApiKey = key;
        if (configuration["RERANK_MODEL"] is { Length: > 0 } model) Model = model;
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is null)
        {
            if (!string.IsNullOrWhiteSpace(Model) || !string.IsNullOrWhiteSpace(ApiKey))
                yield return new ValidationResult("Rerank:Endpoint (or RERANK_BASE_URL) is missing: a model or a key is set, but not where to ask.", [nameof(Endpoint)]);
        }
        else if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult($"Rerank:Endpoint is no URL with http or https: {Endpoint}", [nameof(Endpoint)]);
        }
        else if (Endpoint.UserInfo.Length > 0)
        {
            yield return new ValidationResult("Rerank:Endpoint holds a name or password; put the key into Rerank:ApiKey.", [nameof(Endpoint)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class RerankOptionsValidator : IValidateOptions<RerankOptions>;
