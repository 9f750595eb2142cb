using Chatbot.Core.Routing;

namespace Chatbot.Api.Routing;

/// <summary>What a question is taken for.</summary>
/// <param name="Intent">What is done.</param>
/// <param name="By">Why: it is in an example's words, near an example, or the model says so; none of them makes it a question.</param>
/// <param name="Score">Cosine to the nearest example of the intent, 0 when they were not compared.</param>
internal sealed record IntentRoute(Intent Intent, RouteReason By, double Score)
{
    /// <summary>The nearest example; null when they were not compared.</summary>
    public RoutedText? Nearest { get; init; }

    public static IntentRoute ToQuestion { get; } = new(new Intent { Name = Intent.Question }, RouteReason.None, 0);
}

public enum RouteReason
{
    None,
    SameWords,
    Example,
    Model,
}
