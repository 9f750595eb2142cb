namespace Chatbot.Html;

/// <summary>What the markup of a page tells of its need for scripts.</summary>
public sealed record ScriptSigns
{
    /// <summary>Scripts that run, in the page or loaded by it; data such as JSON-LD is none.</summary>
    public required int Scripts { get; init; }

    /// <summary>An element that a framework fills, such as <c>#root</c>, and that is empty; null when there is none.</summary>
    public string? EmptyRoot { get; init; }

    /// <summary>The page says that it needs JavaScript.</summary>
    public bool AsksForScripts { get; init; }

    /// <summary>Something in the main part waits to be filled: an element of the page's own making, a named empty one, a placeholder. Null when nothing does.</summary>
    public string? Placeholder { get; init; }
}
