namespace Chatbot.Crawler.Robots;

/// <summary>One allow or disallow line.</summary>
internal sealed class RobotsRule
{
    private readonly string[] _pieces;
    private readonly bool _anchored;

    /// <param name="pattern">In the spelling of <see cref="RobotsPath"/>; not empty.</param>
    /// <param name="text">The line, for people.</param>
    public RobotsRule(bool allow, string pattern, string text)
    {
        Allow = allow;
        Text = text;
        Length = pattern.Length;
        _anchored = pattern[^1] == '$';
        // A $ elsewhere is a character; URLs have it as %24.
        var body = (_anchored ? pattern[..^1] : pattern).Replace("$", "%24", StringComparison.Ordinal);
        _pieces = body.Split('*');
    }

    public bool Allow { get; }

    public string Text { get; }

    /// <summary>Octets of the pattern with its signs: the longest matching rule decides.</summary>
    public int Length { get; }

    /// <summary>
    /// Matches from the start of the path. Each piece between two stars is taken at its first place: if any arrangement
    /// fits, this one does, so nothing is ever tried twice.
    /// </summary>
    public bool Matches(string path)
    {
        var rest = path.AsSpan();
        if (!rest.StartsWith(_pieces[0], StringComparison.Ordinal))
            return false;

        rest = rest[_pieces[0].Length..];
        if (_pieces.Length == 1)
            return !_anchored || rest.IsEmpty;

        var middle = _anchored ? _pieces.Length - 1 : _pieces.Length;
        for (var i = 1; i < middle; i++)
        {
            var place = rest.IndexOf(_pieces[i], StringComparison.Ordinal);
            if (place < 0)
                return false;

            rest = rest[(place + _pieces[i].Length)..];
        }

        return !_anchored || rest.EndsWith(_pieces[^1], StringComparison.Ordinal);
    }
}
