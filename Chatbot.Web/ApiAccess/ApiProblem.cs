namespace Chatbot.Web.ApiAccess;

/// <summary>Why the API refused, as problem details.</summary>
internal sealed record ApiProblem
{
    public int Status { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    public string? Code { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Per field of the request.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }

    /// <summary>What to tell a reader when no field is to blame.</summary>
    public string Message => Detail ?? Title ?? $"HTTP {Status}";
}
