using System.Globalization;

namespace Chatbot.Core.Chunks;

/// <summary>Names of an index that is tried beside the one that visitors search: its own, so that nobody finds it by chance.</summary>
public static class TrialIndex
{
    /// <summary>What it is kept under.</summary>
    public static string IdOf(string knowledgeBaseId) => Ids.Derive("trial-index", knowledgeBaseId);

    /// <summary>What a document of the knowledge base is called in it; of such a name, the document's.</summary>
    /// <param name="documentId">A UUID: another first bit makes it the other's name.</param>
    public static string DocumentOf(string documentId)
    {
        ArgumentException.ThrowIfNullOrEmpty(documentId);
        return (int.Parse(documentId.AsSpan(0, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) ^ 8).ToString("x", CultureInfo.InvariantCulture) + documentId[1..];
    }
}
