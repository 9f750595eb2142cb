namespace Chatbot.Ingestion.Extracting;

/// <summary>A document that cannot be read, with a reason for people. Trying again would not help.</summary>
public sealed class ExtractionFailedException(string message, Exception? inner = null) : Exception(message, inner);
