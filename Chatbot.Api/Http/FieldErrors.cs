using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Api.Http;

/// <summary>What is wrong with the fields of a request. Not safe for concurrent use.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    public bool Any => errors.Count > 0;

    /// <param name="field">As it stands in the JSON.</param>
    /// <param name="message">For people: what is allowed.</param>
    public void Add(string field, string message) => errors[field] = [.. errors.GetValueOrDefault(field, []), message];

    public void Check(bool isRight, string field, string message)
    {
        if (!isRight) Add(field, message);
    }

    /// <summary>All on one line, for people.</summary>
    public string ToText() => string.Join(' ', errors.Select(field => $"{field.Key}: {string.Join(' ', field.Value)}"));

    public ValidationProblem ToProblem() => TypedResults.ValidationProblem(errors, title: "Some fields are not right");
}
