using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Servers.OpenAi;

/// <summary>
/// The language model that writes answers, at any endpoint that speaks OpenAI's API. Section <c>Llm</c>; the variables
/// <c>OPENAI_API_KEY</c>, <c>OPENAI_BASE_URL</c> and <c>CHAT_MODEL</c> win over it. Without key and URL there is none.
/// </summary>
public sealed class LlmOptions
{
    public const string Section = "Llm";

    /// <summary>Sent as bearer token; a local server without keys needs none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>With the version in its path: <c>http://localhost:11434/v1</c>. Null is OpenAI's own.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>As the endpoint calls it.</summary>
    [Required]
    public string Model { get; set; } = "gpt-4o-mini";

    /// <summary>Further attempts after a failure that may pass (429, 5xx, no connection), with doubling pauses.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>Somebody wants a model.</summary>
    internal bool IsConfigured => !string.IsNullOrWhiteSpace(ApiKey) || BaseUrl is not null;

    /// <summary>What the well-known variables say wins over what stands here.</summary>
    internal void Overlay(IConfiguration configuration)
    {
        if (configuration["OPENAI_API_KEY"] is { Length: > 0 } key) ApiKey = key;
        if (configuration["OPENAI_BASE_URL"] is { Length: > 0 } url)
            BaseUrl = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : throw new OptionsValidationException("", typeof(LlmOptions), [$"OPENAI_BASE_URL is no absolute URL: {url}"]);
        if (configuration["CHAT_MODEL"] is { Length: > 0 } model) Model = model;
    }
}

[OptionsValidator]
internal sealed partial class LlmOptionsValidator : IValidateOptions<LlmOptions>;
