using System.Text.Json.Serialization;

namespace Chatbot.Core.Messages;

/// <summary>What workers tell each other. Serialised with its kind, so that a queue can carry several.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CrawlRequested), "crawl-requested")]
[JsonDerivedType(typeof(DocumentChanged), "document-changed")]
[JsonDerivedType(typeof(DocumentGone), "document-gone")]
[JsonDerivedType(typeof(IndexChanged), "index-changed")]
[JsonDerivedType(typeof(SiteFrameDue), "site-frame-due")]
[JsonDerivedType(typeof(ReindexRequested), "reindex-requested")]
[JsonDerivedType(typeof(IndexReleased), "index-released")]
[JsonDerivedType(typeof(HandoverRequested), "handover-requested")]
public abstract record Message;

/// <summary>A run was queued: some crawler should work on it.</summary>
public sealed record CrawlRequested(string RunId) : Message;

/// <summary>A document has a version that the index has not: extract, chunk, index.</summary>
public sealed record DocumentChanged(string DocumentId, long Version) : Message;

/// <summary>A document is gone: take it out of the index.</summary>
public sealed record DocumentGone(string DocumentId) : Message;

/// <summary>Searches find another version of a document, or none.</summary>
public sealed record IndexChanged(string KnowledgeBaseId, string DocumentId) : Message;

/// <summary>A run of a site ends: what stands on all of its pages is to be learned anew.</summary>
/// <param name="Round">How often it was put off.</param>
public sealed record SiteFrameDue(string SiteId, int Round = 0) : Message;

/// <summary>The index of a knowledge base is to be built anew.</summary>
/// <param name="After">Id of the last document of the step before; null begins.</param>
/// <param name="Restart">One that is being built already begins anew.</param>
/// <param name="Build">The number of the one that the step is of; when it has begun anew since, others go on with it.</param>
public sealed record ReindexRequested(string KnowledgeBaseId, string? After = null, bool Restart = true, long? Build = null) : Message;

/// <summary>An index that was built and held back is to take the other's place.</summary>
/// <param name="Chunker">How its chunks are cut; one that is cut in another way stays where it is.</param>
public sealed record IndexReleased(string KnowledgeBaseId, string Chunker) : Message;

/// <summary>A visitor wants a person: those who are to be told of it are to be told.</summary>
public sealed record HandoverRequested(string HandoverId) : Message;
