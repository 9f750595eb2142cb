namespace Chatbot.Core.KnowledgeBases;

/// <summary>What an editor may set per knowledge base. Those that were kept before a setting was there are read without it, as null: lists and groups are then empty.</summary>
public sealed record KnowledgeBaseSettings
{
    /// <summary>Questions about other matters than the sources are mostly given 0.05 to 0.13, those that they answer hardly ever: see docs/benchmarks.md.</summary>
    public const double DefaultRefuseBelow = 0.13;

    /// <summary>Where different questions are hardly ever as near: see docs/answering.md.</summary>
    public const double DefaultFaqMatch = 0.95;

    /// <summary>Two-letter codes of the languages its visitors use; empty means: whatever the sources are in.</summary>
    public IReadOnlyList<string> Languages { get; init => field = value ?? []; } = [];

    /// <summary>Origins (<c>https://www.example.org</c>) whose pages may embed the widget; empty means this server's own pages only.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init => field = value ?? []; } = [];

    /// <summary>Whom a visitor may turn to when no answer was found; shown as it is, null shows nothing.</summary>
    public string? Contact { get; init; }

    /// <summary>
    /// An answer is refused when it is less likely than this, 0 to 1, that the sources hold it; 0 never refuses for that.
    /// Null takes <see cref="DefaultRefuseBelow"/>.
    /// </summary>
    public double? RefuseBelow { get; init; }

    /// <summary>
    /// A question that is at least this near (cosine, .8 to 1) to one that an editor answered gets that answer as it stands,
    /// without a model; 0 never does. Null takes <see cref="DefaultFaqMatch"/>.
    /// </summary>
    public double? FaqMatch { get; init; }

    /// <summary>Conversations are deleted so many days after their last message; null keeps them.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Whether questions are suggested while one is typed; null does.</summary>
    public bool? Suggestions { get; init; }

    /// <summary>Questions that an empty chat offers; none offers what is often asked.</summary>
    public IReadOnlyList<string> Starters { get; init => field = value ?? []; } = [];

    /// <summary>What is said when the sources hold no answer.</summary>
    public RefusalStrategy Refusal { get; init; }

    /// <summary>What <see cref="RefusalStrategy.Text"/> says; the slot <c>{contact}</c> is filled in.</summary>
    public string? RefusalText { get; init; }

    /// <summary>Visitors are asked back when the sources say different things, by year, version, site or name, and they named none. Null is true.</summary>
    public bool? AskBack { get; init; }

    /// <summary>Which of the configured language models is asked first, by its name; null, and one that is not configured any more, is the preferred one.</summary>
    public string? Model { get; init; }

    /// <summary>How passages are chosen.</summary>
    public RetrievalSettings Retrieval { get; init => field = value ?? new(); } = new();

    /// <summary>Each sentence that a language model writes is held against its sources.</summary>
    public GroundingMode Grounding { get; init; }

    /// <summary>What the chat page says first; null takes a line in the visitor's language.</summary>
    public string? Greeting { get; init; }

    /// <summary>What the chatbot is there for, as language models are told; null takes a line in the asker's language.</summary>
    public string? SystemRole { get; init; }

    /// <summary>Who the chatbot is, as language models are told; null takes a line in the asker's language.</summary>
    public string? BotRole { get; init; }
}
