using Chatbot.Core.Crawling;

namespace Chatbot.Api.CrawlRuns;

/// <summary>How far a run is.</summary>
/// <param name="DocumentsWaiting">Documents of all sites that are still on their way into the index.</param>
public sealed record CrawlProgress(CrawlRun Run, int DocumentsWaiting);
