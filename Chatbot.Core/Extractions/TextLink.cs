namespace Chatbot.Core.Extractions;

/// <summary>A link on words within a text.</summary>
/// <param name="Start">The first character it is on, from 0.</param>
/// <param name="Length">How many characters; more than 0.</param>
/// <param name="Url">Where it leads, by <see cref="LinkTarget"/>; as the page wrote it until its address is known.</param>
public sealed record TextLink(int Start, int Length, string Url);
