using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Chatbot.Html;

/// <summary>Reads forms out of a page.</summary>
internal static class FormReader
{
    public static HtmlForm? Find(IHtmlDocument document, Uri url, IReadOnlyDictionary<string, string> values)
    {
        foreach (var form in document.QuerySelectorAll("form").Take(50))
        {
            var given = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (field, value) in values)
                if (NameOf(form, field) is { } name) given[name] = value;

            if (given.Count == values.Count && Action(document, form, url) is { } action)
                return new HtmlForm(action, string.Equals(form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase), Fill(form, given));
        }

        return null;
    }

    private static string? NameOf(IElement form, string field)
    {
        var found = Controls(form).FirstOrDefault(c => c.GetAttribute("name") == field) ?? Controls(form).FirstOrDefault(c => c.Id == field);
        if (found is null)
        {
            try
            {
                found = form.QuerySelector(field);
            }
            catch (DomException)
            {
                // A name that is no selector.
            }
        }

        return found?.GetAttribute("name") is { Length: > 0 } name ? name : null;
    }

    private static Uri? Action(IHtmlDocument document, IElement form, Uri url)
    {
        var root = document.QuerySelector("base[href]")?.GetAttribute("href") is { } href && Uri.TryCreate(url, href, out var found) ? found : url;
        var action = form.GetAttribute("action")?.Trim() is { Length: > 0 } given ? given : url.AbsoluteUri;
        return Uri.TryCreate(root, action, out var target) && target.Scheme is "http" or "https" ? target : null;
    }

    // HTML, "constructing the entry list": what has a name, is not disabled, and is ticked where it can be.
    private static List<KeyValuePair<string, string>> Fill(IElement form, Dictionary<string, string> given)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var pressed = false;
        foreach (var control in Controls(form))
        {
            if (control.GetAttribute("name") is not { Length: > 0 } name || control.HasAttribute("disabled")) continue;
            var type = control.GetAttribute("type")?.ToLowerInvariant();
            if (given.Remove(name, out var value))
            {
                fields.Add(new(name, value));
                continue;
            }

            if (control.LocalName == "button" || type is "submit")
            {
                // The first button is the one that Enter presses.
                if (pressed || type is "button" or "reset") continue;
                pressed = true;
            }
            else if (type is "button" or "reset" or "image" or "file" || (type is "checkbox" or "radio" && !control.HasAttribute("checked")))
            {
                continue;
            }

            fields.Add(new(name, ValueOf(control, type)));
        }

        return fields;
    }

    private static string ValueOf(IElement control, string? type) => control.LocalName switch
    {
        "textarea" => control.TextContent,
        "select" => (control.QuerySelector("option[selected]") ?? control.QuerySelector("option")) is { } option ? option.GetAttribute("value") ?? option.TextContent : "",
        _ => control.GetAttribute("value") ?? (type is "checkbox" or "radio" ? "on" : ""),
    };

    private static IEnumerable<IElement> Controls(IElement form) => form.QuerySelectorAll("input,textarea,select,button");
}
