namespace Chatbot.Html;

/// <summary>What the names on an element let one expect of it.</summary>
internal enum Hint
{
    None,

    /// <summary>Around the content of every page of a site: menus, breadcrumbs, cookie banners, share bars.</summary>
    Chrome,

    /// <summary>Beside an article: related articles, comments, the author, tags, advertisement.</summary>
    Extra,

    /// <summary>The content itself.</summary>
    Content,
}
