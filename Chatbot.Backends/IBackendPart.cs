namespace Chatbot.Backends;

/// <summary>What makes itself ready once the schema is there, before anything else runs.</summary>
internal interface IBackendPart
{
    /// <summary>Safe to repeat, and in several processes at once.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);
}
