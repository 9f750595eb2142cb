namespace Chatbot.Backends.Feedback;

/// <summary>Why an answer did not help.</summary>
public enum FeedbackReason
{
    Wrong,
    Incomplete,
    Outdated,

    /// <summary>It answers another question.</summary>
    OffTopic,

    /// <summary>What it cites does not say that.</summary>
    BadSource,

    Unclear,
}
