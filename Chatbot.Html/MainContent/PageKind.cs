namespace Chatbot.Html;

internal enum PageKind
{
    /// <summary>All but boilerplate is content: documentation, company pages, lists.</summary>
    Page,

    /// <summary>One text, and everything else is beside the point.</summary>
    Article,
}
