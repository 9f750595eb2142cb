using System.ComponentModel.DataAnnotations;

namespace Chatbot.Backends.Servers.OpenAi;

/// <summary>One endpoint that speaks OpenAI's API. Section <c>Llm:Providers:N</c>.</summary>
public sealed class LlmProvider
{
    /// <summary>What metrics, logs and the admin area call it.</summary>
    [Required(ErrorMessage = "Each of Llm:Providers needs a Name.")]
    public string Name { get; set; } = "";

    /// <summary>Sent as bearer token; a local server without keys needs none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>With the version in its path: <c>http://localhost:11434/v1</c>. Null is OpenAI's own.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>As the endpoint calls it.</summary>
    [Required(ErrorMessage = "Each of Llm:Providers needs a Model.")]
    public string Model { get; set; } = "";

    /// <summary>Further models of this endpoint that a request may ask for by name.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>For a million tokens that the model reads, in the currency of the budget; 0 costs nothing.</summary>
    [Range(0, 1_000_000)]
    public decimal InputPrice { get; set; }

    /// <summary>For a million tokens that the model writes.</summary>
    [Range(0, 1_000_000)]
    public decimal OutputPrice { get; set; }
}
