namespace Chatbot.Core.Crawling;

/// <summary>Why a URL is in or out of a site.</summary>
/// <param name="Url">As it was asked for.</param>
/// <param name="Address">Its one spelling; null when it is no http or https address.</param>
/// <param name="Reason">The word of the report for what keeps it out; null when it is in.</param>
/// <param name="Detail">For people: what decided it.</param>
/// <param name="Checks">All that was looked at, in order; after the first that is not passed the URL is out.</param>
public sealed record ScopeExplanation(string Url, string? Address, bool IsIn, string? Reason, string Detail, IReadOnlyList<ScopeExplanation.Check> Checks)
{
    /// <param name="Name">address, parameters, rules, depth, robots or last-run.</param>
    public sealed record Check(string Name, bool IsPassed, string Detail);
}
