using Chatbot.Core.Documents;

namespace Chatbot.Backends.Documents;

/// <summary>Which documents to list; what is null does not restrict.</summary>
public sealed record DocumentFilter
{
    public string? KnowledgeBaseId { get; init; }

    public string? SiteId { get; init; }

    /// <summary>True: uploads alone; false: none of them.</summary>
    public bool? IsUpload { get; init; }

    /// <summary>At most 500.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    public DocumentStatus? Status { get; init; }

    /// <summary>Found anywhere in URL or title; upper and lower case of a-z are the same.</summary>
    public string? Text { get; init; }

    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}
