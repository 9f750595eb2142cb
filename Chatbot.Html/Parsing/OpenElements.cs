namespace Chatbot.Html;

/// <summary>Which elements are open at a place of the markup, about as the tree builder will have it.</summary>
internal sealed class OpenElements
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, int> refused = [];
    private readonly Dictionary<string, int> formatting = [];
    private int foreign;

    public int Depth => names.Count;

    /// <summary>Formatting elements that were opened and not closed, wherever: the builder goes on opening them anew.</summary>
    public int Formatting { get; private set; }

    public bool InForeign => foreign > 0;

    public void Push(string name)
    {
        names.Add(name);
        if (name is "svg" or "math") foreign++;
        if (!TagNames.Formatting.Contains(name)) return;
        Formatting++;
        formatting[name] = formatting.GetValueOrDefault(name) + 1;
    }

    /// <summary>Notes that a start tag was left out, so that its end tag can be, too.</summary>
    public bool Refuse(string name)
    {
        refused[name] = refused.GetValueOrDefault(name) + 1;
        return false;
    }

    /// <returns>Whether the end tag may stay.</returns>
    public bool Close(string name)
    {
        if (refused.TryGetValue(name, out var count) && count > 0)
        {
            refused[name] = count - 1;
            return false;
        }

        if (formatting.TryGetValue(name, out var open) && open > 0)
        {
            formatting[name] = open - 1;
            Formatting--;
        }

        for (var i = names.Count - 1; i >= 0; i--)
        {
            if (names[i] == name)
            {
                Pop(i, TagNames.ClosedAlone.Contains(name));
                break;
            }

            if (TagNames.Barriers.Contains(names[i])) break;
        }

        return true;
    }

    private void Pop(int index, bool alone)
    {
        var last = alone ? index + 1 : names.Count;
        for (var i = index; i < last; i++)
            if (names[i] is "svg" or "math") foreign--;
        names.RemoveRange(index, last - index);
    }
}
