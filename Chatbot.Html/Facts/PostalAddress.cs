namespace Chatbot.Html;

/// <summary>Addresses as schema.org writes them: one text, or <c>PostalAddress</c> with its parts.</summary>
internal static class PostalAddress
{
    /// <returns>As they are written on a letter, from the street to the country; empty when the thing has none.</returns>
    public static List<string> Parts(DeclaredObject thing)
    {
        var parts = new List<string>();
        foreach (var address in thing.Objects("address").Take(1))
        {
            var town = string.Join(' ', new[] { address.Text("postalCode"), address.Text("addressLocality") }.OfType<string>());
            // A code alone ("DE") tells a reader little.
            var country = address.Text("addressCountry") is { Length: > 3 } name ? name : null;
            string?[] all = [address.Text("streetAddress"), address.Text("postOfficeBoxNumber"), town, address.Text("addressRegion"), country];
            parts.AddRange(all.Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => part!).Distinct());
            // A region or country alone is no address.
            if (town.Length == 0 && address.Text("streetAddress") is null) parts.Clear();
        }

        if (parts.Count == 0 && !thing.Objects("address").Any() && thing.Text("address") is { Length: > 5 } text && text.Any(char.IsLetter)) parts.Add(text);
        return parts;
    }
}
