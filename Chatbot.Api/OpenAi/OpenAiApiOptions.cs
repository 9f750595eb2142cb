using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.OpenAi;

/// <summary>The endpoints that speak OpenAI's API. Section <c>OpenAiApi</c>.</summary>
public sealed class OpenAiApiOptions : IValidatableObject
{
    private const int ShortestKey = 16;

    /// <summary>
    /// Keys of programs (<c>Authorization: Bearer …</c>). With any, all of these endpoints need one. Without, questions are
    /// open to everyone as the chat is, and embeddings to nobody: they would be a free service for strangers.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>Texts of one request for embeddings at most.</summary>
    [Range(1, 2_048)]
    public int MaxTexts { get; set; } = 256;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Keys.Any(key => key.Trim().Length < ShortestKey))
            yield return new ValidationResult($"A key of OpenAiApi:Keys is shorter than {ShortestKey} characters: it could be guessed. `openssl rand -hex 24` makes one.", [nameof(Keys)]);
    }
}

[OptionsValidator]
internal sealed partial class OpenAiApiOptionsValidator : IValidateOptions<OpenAiApiOptions>;
