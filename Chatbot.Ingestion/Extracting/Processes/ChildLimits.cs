namespace Chatbot.Ingestion.Extracting.Processes;

/// <summary>What a child process may use before it is ended.</summary>
/// <param name="Time">Wall clock.</param>
/// <param name="MemoryMb">Address space, in MB.</param>
/// <param name="OutputBytes">What it may write to its standard output.</param>
internal sealed record ChildLimits(TimeSpan Time, int MemoryMb, long OutputBytes);
