namespace Chatbot.Backends.Crawling;

/// <summary>A URL that was asked for in vain and is asked for again.</summary>
/// <param name="Reason">Why, in the words of the report.</param>
/// <param name="NextAt">Not before then.</param>
/// <param name="Others">How many more URLs of the run wait so.</param>
public sealed record PutOffUrl(string Url, string Reason, string? Detail, DateTimeOffset NextAt, int Others);
