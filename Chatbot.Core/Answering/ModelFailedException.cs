namespace Chatbot.Core.Answering;

/// <summary>A language model did not answer, or broke off. The message says how, without keys and texts.</summary>
public sealed class ModelFailedException : Exception
{
    public ModelFailedException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>The same request may go well a little later: too many requests, a failing server, no connection.</summary>
    public bool MayPass { get; init; }

    /// <summary>It is about this request, which no other model would be asked with better luck; the endpoint itself is well.</summary>
    public bool IsOfRequest { get; init; }

    /// <summary>How long the endpoint wants to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
