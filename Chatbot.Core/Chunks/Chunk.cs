using Chatbot.Core.Extractions;

namespace Chatbot.Core.Chunks;

/// <summary>What is retrieved: a run of a document's blocks, about 1,000 characters (500 in Chinese).</summary>
public sealed record Chunk
{
    /// <summary>Follows from document, place and text: the same chunk made twice has one id.</summary>
    public required string Id { get; init; }

    public required string DocumentId { get; init; }

    /// <summary>The version of the document it was cut from.</summary>
    public required long Version { get; init; }

    /// <summary>Place within the document, from 0.</summary>
    public required int Ordinal { get; init; }

    public required string Text { get; init; }

    /// <summary>The headings above it, outermost first; without the document's title.</summary>
    public IReadOnlyList<string> HeadingPath { get; init; } = [];

    public required string Url { get; init; }

    public string? Title { get; init; }

    public string? Language { get; init; }

    /// <summary>Page it starts on, from 1; 0 in documents without pages.</summary>
    public int Page { get; init; }

    /// <summary>Fragment of the URL nearest above it.</summary>
    public string? Anchor { get; init; }

    /// <summary>On words of <see cref="Text"/>, absolute, in their order. No part of what is searched.</summary>
    public IReadOnlyList<TextLink> Links { get; init => field = value ?? []; } = [];
}
