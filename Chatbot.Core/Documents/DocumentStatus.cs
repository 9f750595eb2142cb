namespace Chatbot.Core.Documents;

/// <summary>Where a document stands on its way into the index.</summary>
public enum DocumentStatus
{
    Pending,
    Indexed,
    Failed,
    Gone,
}
