namespace Chatbot.Web.ApiAccess;

/// <summary>What the API answered to a change: either a value (null when there is none to tell) or a problem.</summary>
internal sealed record ApiReply<T>(T? Value, ApiProblem? Problem)
    where T : class
{
    /// <summary>Where what was begun shows how far it is; null when it is done.</summary>
    public string? Follow { get; init; }
}

/// <summary>One page of a list; <see cref="Total"/> counts all that match.</summary>
internal sealed record ListOf<T>(IReadOnlyList<T> Items, int Total);
