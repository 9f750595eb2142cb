namespace Chatbot.Ingestion.Extracting.Processes;

/// <summary>A child process that ended by itself.</summary>
/// <param name="Error">The beginning of what it wrote to its standard error.</param>
internal readonly record struct ChildResult<T>(int ExitCode, T Output, string Error);
