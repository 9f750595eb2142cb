using System.Text;

namespace Chatbot.Api.Documents.Uploading;

/// <summary>
/// A program and its arguments, as written on one line: apart by blanks, those with blanks in quotation marks. No shell ever
/// sees it. The file's path takes the place of <c>{file}</c>; with an argument <c>-</c> the file comes by the standard input;
/// with neither, its path is the last argument.
/// </summary>
/// <param name="Program">A name on the PATH, or a path.</param>
internal sealed record ScannerCommand(string Program, IReadOnlyList<string> Arguments)
{
    private const string FilePlace = "{file}";

    public bool WantsInput => Arguments.Contains("-") && !NamesFile;

    private bool NamesFile => Arguments.Any(argument => argument.Contains(FilePlace, StringComparison.Ordinal));

    /// <returns>Null for an empty line, and for one that cannot be understood.</returns>
    public static ScannerCommand? Parse(string line)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var (isQuoted, isOpen) = (false, false);
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                (isQuoted, isOpen) = (!isQuoted, true);
            }
            else if (char.IsWhiteSpace(letter) && !isQuoted)
            {
                if (isOpen) parts.Add(part.ToString());
                part.Clear();
                isOpen = false;
            }
            else
            {
                part.Append(letter);
                isOpen = true;
            }
        }

        if (isOpen) parts.Add(part.ToString());
        return isQuoted || parts.Count == 0 || parts[0].Length == 0 ? null : new ScannerCommand(parts[0], parts[1..]);
    }

    public IEnumerable<string> ArgumentsFor(string path)
    {
        var given = Arguments.Select(argument => argument.Replace(FilePlace, path, StringComparison.Ordinal));
        return NamesFile || WantsInput ? given : given.Append(path);
    }
}
