namespace Chatbot.Core.Chunks;

/// <summary>A text that has no vector yet.</summary>
public sealed record PendingText(string TextHash, string Text);
