namespace Chatbot.Core.Sites;

/// <summary>When pages are rendered in a browser before they are read.</summary>
public enum RenderMode
{
    Never,
    Auto,
    Always,
}
