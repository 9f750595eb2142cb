using System.Text;

namespace Chatbot.Api.Documents.Uploading;

/// <summary>Names that come with files, which anybody can write. They are never used as paths on the disk. Pure.</summary>
internal static class UploadName
{
    // With its folders, in characters: its URL stays shorter than what servers accept.
    private const int Longest = 300;

    /// <summary>The name as documents have it: slashes between folders, composed letters.</summary>
    /// <returns>Null when it would lead out of its folder, hides something or is too long.</returns>
    public static string? Clean(string raw)
    {
        if (!IsText(raw)) return null;
        var path = raw.Normalize(NormalizationForm.FormC).Replace('\\', '/');
        var parts = path.Split('/', StringSplitOptions.TrimEntries).Where(part => part is not ("" or ".")).ToList();
        if (parts.Count == 0 || path.StartsWith('/') || parts.Contains("..") || IsDrive(parts[0])) return null;
        var name = string.Join('/', parts);
        return name.Length <= Longest && !name.Any(Hides) ? name : null;
    }

    /// <summary>What may be told of a name that is not clean.</summary>
    public static string Shown(string raw)
    {
        var shown = string.Concat(raw.Where(letter => !Hides(letter) && !char.IsSurrogate(letter)));
        return shown.Length <= Longest ? shown : shown[..Longest] + "…";
    }

    // Half of a surrogate pair is no letter, and cannot be composed.
    private static bool IsText(string raw)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            if (!char.IsSurrogate(raw[i])) continue;
            if (!char.IsSurrogatePair(raw, i)) return false;
            i++;
        }

        return true;
    }

    private static bool IsDrive(string part) => part.Length == 2 && part[1] == ':' && char.IsAsciiLetter(part[0]);

    // Line breaks, and the signs that turn the direction of writing: "exe.fdp" would read as "pdf.exe".
    private static bool Hides(char letter) =>
        char.IsControl(letter) || letter is '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
