namespace Chatbot.Html;

/// <summary>What the names on an element let one expect of it.</summary>
internal enum Hint
{
    None,

    /// <summary>Around the content of every page of a site: menus, breadcrumbs, cookie banners, share bars.</summary>
    Chrome,

    /// <summary>Beside the content: related pages, comments, newsletters, advertisement.</summary>
    Extra,

    /// <summary>No part of an article's text, but maybe of a page: author, tags, date, teasers, see also.</summary>
    Detail,

    /// <summary>The content itself.</summary>
    Content,
}
