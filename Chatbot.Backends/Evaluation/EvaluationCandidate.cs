using Chatbot.Backends.Prompts;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Backends.Evaluation;

/// <summary>What is to be changed, and is tried before visitors get it.</summary>
public sealed record EvaluationCandidate
{
    public required CandidateKind Kind { get; init; }

    /// <summary>In words, for people.</summary>
    public string? Label { get; init; }

    /// <summary>Of <see cref="CandidateKind.Settings"/>: title and settings as they would be.</summary>
    public string? Title { get; init; }

    public KnowledgeBaseSettings? Settings { get; init; }

    /// <summary>Of <see cref="CandidateKind.Template"/>: what would come into use, at once; one, or those of a file.</summary>
    public IReadOnlyList<PromptDraft>? Templates { get; init; }

    /// <summary>Of <see cref="CandidateKind.Index"/>: how its chunks are cut. Of a model its name.</summary>
    public string? Reference { get; init; }

    /// <summary>The completed run that it is compared with.</summary>
    public string? BaselineRunId { get; init; }

    /// <summary>What became of it.</summary>
    public CandidateState State { get; init; }
}

/// <summary>What kind of change it is.</summary>
public enum CandidateKind
{
    Settings,
    Index,
    Template,

    /// <summary>Another configured language model, to compare.</summary>
    Model,
}

/// <summary>What became of a change that is tried.</summary>
public enum CandidateState
{
    /// <summary>Its run goes on.</summary>
    Waiting,

    /// <summary>Visitors get it.</summary>
    Live,

    /// <summary>It did worse: an administrator decides.</summary>
    Held,

    /// <summary>It was given up.</summary>
    Dropped,

    /// <summary>Nothing was to be changed.</summary>
    Compared,
}
