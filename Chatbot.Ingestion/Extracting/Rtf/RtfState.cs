namespace Chatbot.Ingestion.Extracting.Rtf;

/// <summary>What holds in a group until it ends.</summary>
internal record struct RtfState
{
    public RtfState()
    {
    }

    public RtfTarget Target { get; set; }

    public bool Bold { get; set; }

    public bool Hidden { get; set; }

    public int Font { get; set; }

    /// <summary>How many characters stand behind one of Unicode for programs that know none.</summary>
    public int Fallback { get; set; } = 1;

    public int? Style { get; set; }

    public int? Outline { get; set; }

    /// <summary>0 for none.</summary>
    public int List { get; set; }

    public int ListLevel { get; set; }

    public bool InTable { get; set; }

    /// <summary>Where the words lead; null for nowhere.</summary>
    public string? Link { get; set; }
}

/// <summary>Where text goes.</summary>
internal enum RtfTarget
{
    Body,
    Nowhere,
    Label,
    Note,
    Fonts,
    Styles,
    Info,
    Title,
    Author,
    Subject,

    /// <summary>What a field is: <c>HYPERLINK "https://…"</c>.</summary>
    Field,
}
