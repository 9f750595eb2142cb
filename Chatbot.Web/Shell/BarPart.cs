namespace Chatbot.Web.Shell;

/// <summary>One part of a <see cref="StackedBar"/>; the key chooses its colour.</summary>
public sealed record BarPart(string Key, string Name, long Value);
