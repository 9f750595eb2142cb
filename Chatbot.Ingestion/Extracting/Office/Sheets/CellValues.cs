using System.Globalization;
using System.Xml.Linq;

namespace Chatbot.Ingestion.Extracting.Office.Sheets;

/// <summary>What cells show.</summary>
internal sealed class CellValues(IReadOnlyList<string> strings, CellFormats formats, bool countsFrom1904)
{
    // From 1899-12-30 to 1904-01-01.
    private const int DaysTo1904 = 1462;

    /// <param name="cell">A <c>c</c> of a sheet.</param>
    /// <returns>Empty for empty cells and errors.</returns>
    public string Of(XElement cell)
    {
        var type = cell.Attr("t");
        if (type == "inlineStr") return cell.Child("is") is { } text ? WorkbookReading.RichText(text) : "";
        if (cell.Child("v")?.Value is not { Length: > 0 } value) return "";
        switch (type)
        {
            case "s":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < strings.Count ? strings[at] : "";
            case "str" or "d":
                return value;
            case "b":
                return value == "1" ? "TRUE" : "FALSE";
            case "e":
                return "";
            default:
                if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return value;
                var format = formats.Of(cell.Number("s") ?? 0);
                return format.Write(format.IsDate && countsFrom1904 ? number + DaysTo1904 : number);
        }
    }
}
