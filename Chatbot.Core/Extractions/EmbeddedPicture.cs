namespace Chatbot.Core.Extractions;

/// <summary>A picture within the file that was read.</summary>
/// <param name="Part">Its path within the file.</param>
/// <param name="After">How many of the blocks stand before it.</param>
/// <param name="Page">From 1; 0 in documents without pages.</param>
public sealed record EmbeddedPicture(string Part, int After, int Page);
