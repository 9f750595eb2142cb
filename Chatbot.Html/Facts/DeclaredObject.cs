using System.Net;
using System.Text.Json;

namespace Chatbot.Html;

/// <summary>
/// An object of a page's JSON-LD. Reads values in whichever of the ways schema.org allows: alone or in a list, as text, number
/// or object with a name, by reference.
/// </summary>
/// <param name="known">Objects of the page by their <c>@id</c>.</param>
internal readonly struct DeclaredObject(JsonElement element, IReadOnlyDictionary<string, JsonElement> known)
{
    // Of one property; a longer list is no fact but a catalogue.
    private const int MostValues = 20;
    private const int LongestText = 500;

    /// <summary>The names of its types, without schema.org's address.</summary>
    public IEnumerable<string> Types => Values("@type").Select(Plain).Select(type => type[(type.LastIndexOf('/') + 1)..]);

    public bool Has(string name) => element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    /// <summary>The first value that is text, number or has a name, on one line; null when there is none.</summary>
    public string? Text(string name) => Texts(name).FirstOrDefault();

    public IEnumerable<string> Texts(string name)
    {
        var dictionary = known;
        foreach (var value in Values(name))
        {
            var text = value.ValueKind == JsonValueKind.Object ? new DeclaredObject(Resolve(value, dictionary), dictionary).Text("name") : Plain(value);
            if (text is { Length: > 0 }) yield return text;
        }
    }

    /// <summary>The values that are objects; those that are named by their <c>@id</c> alone are looked up.</summary>
    public IEnumerable<DeclaredObject> Objects(string name)
    {
        var dictionary = known;
        return Values(name).Where(value => value.ValueKind == JsonValueKind.Object).Select(value => new DeclaredObject(Resolve(value, dictionary), dictionary));
    }

    private IEnumerable<JsonElement> Values(string name) => !element.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Take(MostValues) : [value];

    private static JsonElement Resolve(JsonElement value, IReadOnlyDictionary<string, JsonElement> known)
    {
        if (!value.TryGetProperty("@id", out var id) || id.ValueKind != JsonValueKind.String) return value;
        // A reference has nothing but its id and perhaps a type.
        return value.EnumerateObject().Take(3).Count() <= 2 && known.TryGetValue(id.GetString()!, out var found) ? found : value;
    }

    private static string Plain(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
        if (text.Length > LongestText) return "";
        return InlineText.Collapse(text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text);
    }
}
