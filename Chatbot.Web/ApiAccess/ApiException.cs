namespace Chatbot.Web.ApiAccess;

/// <summary>The API did not give what a page cannot be shown without; an error page, or the sign-in, takes its place.</summary>
public sealed class ApiException : Exception
{
    internal ApiException(ApiProblem problem)
        : base($"The API answered {problem.Status}: {problem.Message}") => Status = problem.Status;

    /// <summary>Of HTTP.</summary>
    public int Status { get; }
}
