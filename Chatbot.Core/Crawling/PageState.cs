namespace Chatbot.Core.Crawling;

/// <summary>What became of one URL in one run.</summary>
public enum PageState
{
    /// <summary>Waiting, or leased by a crawler.</summary>
    Queued,
    New,
    Changed,
    Unchanged,
    Gone,

    /// <summary>The same content as another URL of the site, which is the one that is kept.</summary>
    Duplicate,

    /// <summary>Not taken, for a reason: robots, scope, type, size, …</summary>
    Skipped,

    /// <summary>It could not be had; what was known before is kept.</summary>
    Failed,
}
