namespace Chatbot.Server.Crawling;

/// <summary>What robots.txt says of a URL, as <c>robots</c> prints it.</summary>
/// <param name="Rule">The line that decided, as the file has it; null when none did.</param>
internal sealed record RobotsLine(string Url, bool Allowed, string? Rule);
