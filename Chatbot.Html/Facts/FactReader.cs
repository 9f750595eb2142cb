using System.Globalization;
using System.Text.Json;

namespace Chatbot.Html;

/// <summary>
/// Reads what a page declares of organisations, places, events and offers. What a thing is follows from its properties
/// rather than from its type: schema.org has some hundred kinds of places alone. Numbers that change by themselves (ratings,
/// how many are left) are left out, or a page would change with each visit.
/// </summary>
internal sealed class FactReader(FactWords words)
{
    // Things of one page. A list of hundreds is a catalogue whose pages say it better.
    private const int MostThings = 50;
    private const int MaxDepth = 24;

    // Objects that are looked at.
    private const int MostObjects = 5_000;

    private readonly List<DeclaredFact> facts = [];
    private readonly Dictionary<string, JsonElement> known = new(StringComparer.Ordinal);
    private int looked;

    public static IReadOnlyList<DeclaredFact> Read(IReadOnlyList<JsonElement> roots, string? language)
    {
        var reader = new FactReader(FactWords.In(language));
        foreach (var root in roots) reader.Remember(root, 0);
        reader.looked = 0;
        foreach (var root in roots) reader.Visit(root, 0);
        return reader.facts;
    }

    private void Remember(JsonElement element, int depth)
    {
        if (depth > MaxDepth || looked++ > MostObjects) return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Remember(item, depth + 1);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (property.NameEquals("@id") && property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: < 500 } id)
                {
                    // The one that says most is the thing, the others are references to it.
                    if (!known.TryGetValue(id, out var before) || before.EnumerateObject().Count() < element.EnumerateObject().Count()) known[id] = element;
                }
                else if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                {
                    Remember(property.Value, depth + 1);
                }
            }
        }
    }

    private void Visit(JsonElement element, int depth)
    {
        if (depth > MaxDepth || facts.Count >= MostThings || looked++ > MostObjects) return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Visit(item, depth + 1);
            return;
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        var thing = new DeclaredObject(element, known);
        if (thing.Text("name") is { } name && Lines(thing) is { Count: > 0 } lines) facts.Add(new(name, lines));
        // Where things are that the page is about; what is below others (the publisher of an article) belongs to those.
        foreach (var property in (string[])["@graph", "mainEntity", "mainEntityOfPage", "department", "subOrganization", "subEvent", "event", "itemListElement", "item"])
            if (element.TryGetProperty(property, out var inner)) Visit(inner, depth + 1);
    }

    private List<FactLine> Lines(DeclaredObject thing)
    {
        if (thing.Types.Any(type => type is "Person" or "Article" or "NewsArticle" or "BlogPosting" or "Review" or "WebSite" or "JobPosting" or "Recipe" or "Dataset")) return [];
        var lines = new List<FactLine>();
        if (thing.Has("startDate")) AddEvent(thing, lines);
        else AddPlace(thing, lines);
        foreach (var offer in thing.Objects("offers")) AddOffer(offer, lines);
        if (lines.Count > 0 && thing.Text("brand") is { } brand) lines.Add(Words(words.Brand, brand));
        return lines.DistinctBy(line => line.Text).ToList();
    }

    private void AddPlace(DeclaredObject place, List<FactLine> lines)
    {
        AddAddress(words.Address, place, lines);
        foreach (var point in place.Objects("location"))
        {
            AddAddress(words.Address, point, lines);
            if (OpeningHours.Read(point, words) is { } there) lines.Add(there);
        }

        AddContact(place, lines);
        foreach (var contact in place.Objects("contactPoint")) AddContact(contact, lines);
        if (OpeningHours.Read(place, words) is { } hours) lines.Add(hours);
        if (place.Text("priceRange") is { } range && lines.Count > 0) lines.Add(Words(words.Price, range));
    }

    private void AddEvent(DeclaredObject what, List<FactLine> lines)
    {
        if (EventTime.Read(what, words) is { } time) lines.Add(time);
        foreach (var place in what.Objects("location"))
        {
            var address = PostalAddress.Parts(place);
            List<string> parts = [.. (place.Text("name") is { } name ? address.Prepend(name) : address).Distinct()];
            if (parts.Count > 0) lines.Add(new($"{words.Where}: {string.Join(", ", parts)}", said => parts.TrueForAll(said.Says)));
        }

        if (!what.Objects("location").Any() && what.Text("location") is { } where) lines.Add(Words(words.Where, where));
        if (what.Text("organizer") is { } organizer) lines.Add(Words(words.Organizer, organizer));
    }

    private void AddContact(DeclaredObject thing, List<FactLine> lines)
    {
        // "Customer service", where it is one of several.
        var kind = thing.Text("contactType") is { } type ? $" ({type})" : "";
        foreach (var phone in thing.Texts("telephone")) lines.Add(Words(words.Phone + kind, phone));
        foreach (var fax in thing.Texts("faxNumber")) lines.Add(Words(words.Fax + kind, fax));
        foreach (var email in thing.Texts("email"))
            lines.Add(Words(words.Email + kind, email.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? email["mailto:".Length..] : email));
    }

    private static void AddAddress(string label, DeclaredObject thing, List<FactLine> lines)
    {
        var parts = PostalAddress.Parts(thing);
        if (parts.Count > 0) lines.Add(new($"{label}: {string.Join(", ", parts)}", said => parts.TrueForAll(said.Says)));
    }

    private void AddOffer(DeclaredObject offer, List<FactLine> lines)
    {
        var currency = offer.Text("priceCurrency");
        var prices = new[] { offer.Text("price") ?? offer.Text("lowPrice"), offer.Text("highPrice") }.OfType<string>().Distinct().ToList();
        if (prices.Count == 0) prices.AddRange(offer.Objects("priceSpecification").Select(s => s.Text("price")).OfType<string>().Take(1));
        var numbers = prices.Select(Number).ToList();
        if (prices.Count > 0)
        {
            var text = numbers is [0] ? words.Free : $"{string.Join("–", prices)} {currency}".TrimEnd();
            var name = offer.Text("name") is { } called ? $" ({called})" : "";
            lines.Add(new($"{words.Price}{name}: {text}", said => numbers is [0] ? said.Says(words.Free) : numbers.TrueForAll(number => number is { } value && said.Has(value))));
        }

        if (offer.Text("availability") is { } availability && Availability(availability) is { } state) lines.Add(Words(words.Availability, state));
    }

    // schema.org's word with blanks between its parts: InStock, in stock.
    private static string? Availability(string text)
    {
        var name = text[(text.LastIndexOf('/') + 1)..];
        if (name.Length is 0 or > 40) return null;
        return string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? " " : "") + char.ToLowerInvariant(letter) : letter.ToString()));
    }

    private static decimal? Number(string price) =>
        decimal.TryParse(price.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static FactLine Words(string label, string value) => new($"{label}: {value}", said => said.Says(value));
}
