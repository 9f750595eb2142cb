namespace Chatbot.Crawler.Robots;

/// <summary>May a crawler fetch a URL?</summary>
/// <param name="Rule">The line that decided it, as it stands in the file without its comment; null when none matched.</param>
public readonly record struct RobotsVerdict(bool Allowed, string? Rule);
