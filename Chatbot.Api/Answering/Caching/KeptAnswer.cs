namespace Chatbot.Api.Answering.Caching;

/// <summary>An answer as it stands in the cache.</summary>
/// <param name="Generation">Of the index when its passages were last looked at.</param>
/// <param name="Sources">Stands for the passages it was made from.</param>
/// <param name="TraceId">In which it was made.</param>
internal sealed record KeptAnswer(Answer Answer, long Generation, string Sources, string? TraceId);
