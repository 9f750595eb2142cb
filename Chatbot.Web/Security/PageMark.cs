namespace Chatbot.Web.Security;

/// <summary>On endpoints whose responses are pages of this project, and get the pages' headers.</summary>
internal sealed class PageMark
{
    public static readonly PageMark Instance = new();

    private PageMark()
    {
    }
}
