using System.Collections.Frozen;

namespace Chatbot.Html;

/// <summary>How elements take part in the text.</summary>
internal static class ElementKinds
{
    /// <summary>Their borders are borders of blocks.</summary>
    public static readonly FrozenSet<string> Block = Set(
        "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset",
        "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary",
        "table caption colgroup tbody thead tfoot tr td th ul listing xmp plaintext noscript optgroup");

    /// <summary>Without text for a reader: what is not shown, what is run, what is filled in, what is a picture.</summary>
    public static readonly FrozenSet<string> Silent = Set(
        "head script style template noscript svg canvas iframe frame object embed applet audio video map area",
        "input select textarea datalist progress meter option optgroup link meta title base param source track col colgroup");

    public static bool IsHeading(string name) => name.Length == 2 && name[0] == 'h' && name[1] is >= '1' and <= '6';

    private static FrozenSet<string> Set(params string[] lines) => lines.SelectMany(line => line.Split(' ')).ToFrozenSet();
}
