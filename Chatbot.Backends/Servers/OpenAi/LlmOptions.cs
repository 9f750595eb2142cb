using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Servers.OpenAi;

/// <summary>
/// The language models that write answers, at any endpoints that speak OpenAI's API. Section <c>Llm</c>; the variables
/// <c>OPENAI_API_KEY</c>, <c>OPENAI_BASE_URL</c> and <c>CHAT_MODEL</c> win over what stands there of the first one. Without
/// key, URL and <see cref="Providers"/> there is none.
/// </summary>
public sealed class LlmOptions : IValidatableObject
{
    public const string Section = "Llm";

    private const string FirstName = "default";

    /// <summary>Sent as bearer token; a local server without keys needs none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>With the version in its path: <c>http://localhost:11434/v1</c>. Null is OpenAI's own.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>As the endpoint calls it.</summary>
    [Required]
    public string Model { get; set; } = "gpt-4o-mini";

    /// <summary>Further models of this endpoint that a request may ask for by name.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>For a million tokens that the model reads, in the currency of the budget; 0 costs nothing.</summary>
    [Range(0, 1_000_000)]
    public decimal InputPrice { get; set; }

    /// <summary>For a million tokens that the model writes.</summary>
    [Range(0, 1_000_000)]
    public decimal OutputPrice { get; set; }

    /// <summary>Those to ask when the one above does not answer, in this order; without one above, all there are.</summary>
    [ValidateEnumeratedItems]
    public IList<LlmProvider> Providers { get; } = [];

    /// <summary>Further attempts after a failure that may pass (429, 5xx, no connection), with doubling pauses.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>The first pause between attempts; each further one is twice as long, and up to a quarter more or less at random.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A provider that wants to be left alone for longer is given up for the next one: a visitor is waiting.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan LongestRetryPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>So many attempts in a minute, nine of ten of which failed: the provider is left alone.</summary>
    [Range(2, 1_000)]
    public int BreakAfter { get; set; } = 5;

    /// <summary>For how long; then a single question tries it again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What models may cost in a day (UTC), all processes together; then those that cost something are left alone. 0 sets no limit.</summary>
    [Range(0, 1_000_000)]
    public decimal DailyBudget { get; set; }

    /// <summary>The share of <see cref="DailyBudget"/> at which a warning is logged.</summary>
    [Range(0, 1)]
    public double BudgetAlarm { get; set; } = 0.8;

    /// <summary>Somebody wants a model.</summary>
    internal bool IsConfigured => HasFirst || Providers.Count > 0;

    private bool HasFirst => !string.IsNullOrWhiteSpace(ApiKey) || BaseUrl is not null;

    /// <summary>All of them, in the order of preference.</summary>
    internal IEnumerable<LlmProvider> All()
    {
        if (HasFirst)
        {
            var first = new LlmProvider { Name = FirstName, ApiKey = ApiKey, BaseUrl = BaseUrl, Model = Model, InputPrice = InputPrice, OutputPrice = OutputPrice };
            foreach (var model in Models) first.Models.Add(model);
            yield return first;
        }

        foreach (var provider in Providers) yield return provider;
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (All().GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            yield return new ValidationResult($"Two of Llm:Providers are called '{doubled.Key}' ('{FirstName}' is the one of Llm:BaseUrl and Llm:ApiKey). Give each its own Name.", [nameof(Providers)]);
        foreach (var provider in All().Where(p => p.BaseUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))))
            yield return new ValidationResult($"The BaseUrl of the language model '{provider.Name}' is no http or https URL: {provider.BaseUrl}", [nameof(Providers)]);
    }

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
