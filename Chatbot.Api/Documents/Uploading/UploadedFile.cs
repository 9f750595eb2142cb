namespace Chatbot.Api.Documents.Uploading;

/// <summary>What became of one file of an upload.</summary>
/// <param name="Name">With its folders; of a file in an archive <c>archive.zip/folder/file.pdf</c>.</param>
/// <param name="DocumentId">Null when it was rejected.</param>
/// <param name="Reason">Why it was rejected; null when it was not.</param>
/// <param name="Detail">The same in English, for people.</param>
public sealed record UploadedFile(string Name, UploadOutcome Outcome, string? DocumentId = null, RejectReason? Reason = null, string? Detail = null)
{
    internal static UploadedFile Rejected(string name, RejectReason reason, string detail) => new(name, UploadOutcome.Rejected, null, reason, detail);
}

/// <summary>How an upload changed the documents.</summary>
public enum UploadOutcome
{
    /// <summary>A new document, or one that had been deleted.</summary>
    Accepted,

    /// <summary>Other bytes under a name that was there, or one that could not be read before: the document's next version.</summary>
    Replaced,

    /// <summary>The same bytes under the same name: nothing to do.</summary>
    Unchanged,

    /// <summary>An archive of this name had it, and this one has not: the document is gone.</summary>
    Removed,

    Rejected,
}

/// <summary>Why a file was not accepted.</summary>
public enum RejectReason
{
    Empty,
    TooLarge,
    Unsupported,
    UnsafeName,
    TooMany,

    /// <summary>Twice the same name in one archive.</summary>
    Duplicate,

    Infected,

    /// <summary>The virus scanner gave no result.</summary>
    NotScanned,

    /// <summary>Protected by a password.</summary>
    Encrypted,

    /// <summary>An archive within an archive.</summary>
    NestedArchive,

    /// <summary>It cannot be unpacked.</summary>
    Damaged,
}

/// <summary>What became of an upload.</summary>
/// <param name="KnowledgeBase">Name of the one that the last file went to.</param>
/// <param name="Files">In the order they came.</param>
public sealed record UploadReply(string KnowledgeBase, IReadOnlyList<UploadedFile> Files);
