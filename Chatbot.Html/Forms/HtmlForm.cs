namespace Chatbot.Html;

/// <summary>A form as a browser would send it.</summary>
/// <param name="Action">Absolute http(s) URL.</param>
/// <param name="IsPost">Else its fields are sent as the query.</param>
/// <param name="Fields">Names and values in the order of the form, hidden ones too.</param>
public sealed record HtmlForm(Uri Action, bool IsPost, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    // Values may be secret.
    public override string ToString() => $"{nameof(HtmlForm)} {Action}";

    /// <summary>Finds the form of a page that has all of these fields, and fills them in.</summary>
    /// <param name="values">By the fields' names, ids or CSS selectors.</param>
    /// <returns>Null when there is none.</returns>
    public static HtmlForm? Find(ReadOnlyMemory<byte> body, string? contentTypeCharset, Uri url, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken) =>
        FormReader.Find(DocumentParser.Parse(HtmlEncodingDetector.Decode(body.Span, contentTypeCharset), cancellationToken), url, values);
}
