using Chatbot.Core.Documents;
using Chatbot.Core.Extractions;
using Chatbot.Core.Faqs;

namespace Chatbot.Web.Chat;

/// <summary>What the page needs to know of a knowledge base.</summary>
internal sealed record ChatConfig(
    string KnowledgeBase, string Title, string Language, string Greeting, string? Contact, bool HasModel, int MaxQuestionLength, IReadOnlyList<string>? AllowedOrigins,
    bool Suggestions)
{
    /// <summary>Language models that a question may choose, the preferred one first.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>A conversation can be passed on to a person.</summary>
    public bool Handover { get; init; }
}

/// <summary>A question that may be meant.</summary>
internal sealed record ChatSuggestion(string Text);

internal sealed record ChatQuestion(string Question, string? KnowledgeBase, string? ConversationId, bool Stream, ChatOptions Options);

internal sealed record ChatOptions(string Language);

/// <summary>A whole answer.</summary>
internal sealed record ChatAnswer
{
    public required string Answer { get; init; }

    public IReadOnlyList<ChatCitation> Citations { get; init; } = [];

    public bool Refused { get; init; }

    public bool Degraded { get; init; }

    public string? ConversationId { get; init; }

    public string? MessageId { get; init; }

    public string? Notice { get; init; }

    /// <summary>What the question was taken for, when it was none for the sources.</summary>
    public string? Intent { get; init; }

    /// <summary>What the question may have meant, when it is asked back.</summary>
    public IReadOnlyList<ChatChoice>? Choices { get; init; }

    /// <summary>Of a refusal: where one may look.</summary>
    public IReadOnlyList<ChatTopic>? Topics { get; init; }
}

/// <summary>Asking the question picks what the label says.</summary>
internal sealed record ChatChoice(string Label, string Question);

/// <summary>A place that is near to a question without an answer.</summary>
public sealed record ChatTopic(string Title, string Url)
{
    /// <inheritdoc cref="ChatCitation.SafeUrl"/>
    public string? SafeUrl => new ChatCitation(0, Url, Title, "").SafeUrl;
}

/// <summary>A source that the answer refers to as <c>[Number]</c>.</summary>
public sealed record ChatCitation(int Number, string Url, string Title, string Text)
{
    /// <summary>On words of the answer.</summary>
    public IReadOnlyList<ChatLink>? Links { get; init; }

    /// <summary>Null unless it is a web address, an upload or an entry of questions and answers on this server: a link must not run code.</summary>
    public string? SafeUrl => UploadAddress.NameOf(Url) is not null || IsFaq || (Uri.TryCreate(Url, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")) ? Url : null;

    /// <summary>Host and path, of uploads the name: for people.</summary>
    public string Place => UploadAddress.NameOf(Url.Split('#')[0])
        ?? (IsFaq ? "FAQ" : Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? uri.Authority + Uri.UnescapeDataString(uri.AbsolutePath) : Url);

    private bool IsFaq => FaqAddress.IdOf(Url.Split('#')[0]) is not null;
}

/// <summary>A link that a source has on words of the answer.</summary>
public sealed record ChatLink(string Text, string Url)
{
    /// <summary>Null unless it leads to a page, a mail address or a telephone.</summary>
    public string? SafeUrl => LinkTarget.IsSafe(Url) ? Url : null;
}
