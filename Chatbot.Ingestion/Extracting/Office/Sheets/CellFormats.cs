using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>The number formats of a workbook, by the style of a cell.</summary>
internal sealed class CellFormats
{
    private readonly List<NumberFormat> _styles = [];

    public CellFormats(XElement? root)
    {
        var codes = new Dictionary<int, string>();
        foreach (var format in root.Child("numFmts").Children("numFmt"))
            if (format.Number("numFmtId") is { } id && format.Attr("formatCode") is { Length: < 300 } code) codes.TryAdd(id, code);
        var known = new Dictionary<int, NumberFormat>();
        foreach (var style in root.Child("cellXfs").Children("xf"))
        {
            var id = style.Number("numFmtId") ?? 0;
            if (!known.TryGetValue(id, out var format)) known[id] = format = NumberFormat.Parse(codes.GetValueOrDefault(id) ?? BuiltIn(id));
            _styles.Add(format);
        }
    }

    public NumberFormat Of(int style) => style >= 0 && style < _styles.Count ? _styles[style] : NumberFormat.General;

    // ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in the programs of East Asia.
    private static string BuiltIn(int id) => id switch
    {
        1 or 3 or 37 or 38 => "0",
        2 or 4 or 39 or 40 => "0.00",
        5 or 6 or 7 or 8 or 41 or 42 or 43 or 44 => id is 7 or 8 or 43 or 44 ? "0.00" : "0",
        9 => "0%",
        10 => "0.00%",
        14 or 15 or 16 or 17 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) => "yyyy-mm-dd",
        18 or 19 or 20 or 21 or (>= 32 and <= 35) or 45 or 47 => "hh:mm",
        46 => "[h]:mm",
        22 => "yyyy-mm-dd hh:mm",
        _ => "General",
    };
}
