namespace Chatbot.Server;

/// <summary>A command cannot go on; the message tells the user why and what to do.</summary>
public sealed class CommandFailedException(string message) : Exception(message);
