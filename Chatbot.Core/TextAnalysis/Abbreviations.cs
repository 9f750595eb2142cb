using System.Collections.Frozen;

namespace Chatbot.Core.TextAnalysis;

/// <summary>Words whose full stop ends no sentence.</summary>
internal static class Abbreviations
{
    // Followed by a name, a number or the rest of the sentence, whatever its first letter.
    private static readonly FrozenDictionary<string, FrozenSet<string>> Lists = new Dictionary<string, string>
    {
        [""] = "dr prof st no nr vol fig art tel max min approx vs mr mrs ms jr sr resp ed eds pp p et",
        ["de"] = """
            abs abb allg anm art aufl bd bde beisp bspw bzgl bzw ca d.h dipl dr evtl f ff fa geb gem ggf hr hrsg inkl
            ing insb jh jhd kap lfd max min mind mio mrd nr o.ä o.g p.a prof rd s s.a s.o s.u sog st std str tab tel u
            u.a u.ä u.u usf verf vgl v.a z z.b z.t z.zt ziff zzgl zt tgl mo di mi do fr sa so
            """,
        ["en"] = """
            approx assoc ave capt cf co col corp dept dist div dr e.g ed eds est ext fig figs gen gov i.e inc jr lt ltd
            maj max messrs min mr mrs ms mt no nos op p.m a.m pp prof rev sec sen sgt sr st ste tel univ vol vols vs viz
            """,
        ["fr"] = "m mm mme mmes mlle dr pr art av bd boul cf chap éd env ex fig hab p pp sect st ste tél vol p.ex c.-à-d n",
        ["es"] = "sr sra srta sres dr dra d dña ud uds art av avda cap cf ej p.ej fig núm pág págs tel vol aprox nº gral",
        ["it"] = "sig sigg dott dr prof avv ing art cap cfr ecc es fig n p pag pagg s tel vol p.es",
        ["nl"] = "dhr mevr mw dr prof ir ing art bijv bv blz ca d.w.z enz fig jl m.b.t nl nr o.a p st tel vgl z.o.z i.v.m",
        ["pt"] = "sr sra dr dra prof art av cap cf ex fig núm pág p tel vol aprox",
    }.ToFrozenDictionary(
        pair => pair.Key,
        pair => pair.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    // These stand at the end of sentences as often as inside: they end one before a capital.
    private static readonly FrozenSet<string> Ending =
        "etc usw uvm ecc enz inc ltd co corp a.m p.m".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Also weekday and "no": only before a number are they abbreviations.
    private static readonly FrozenSet<string> BeforeNumber =
        "no nos nr art abs abb fig figs p pp s vol sec mo di mi do fr sa so kap tab min max n m f".Split(' ')
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] AfterOrdinals =
    [
        "Jan", "Feb", "Mär", "Maerz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez", "Jahrhundert", "Jh",
        "Quartal", "Halbjahr", "Klasse", "Auflage", "Etage", "Stock", "Obergeschoss", "OG", "Weltkrieg", "Platz", "Tag",
        "Woche", "Monat", "Lebensjahr", "Semester", "Kapitel", "Abschnitt", "Schritt", "Mal", "Bundes", "Liga", "Runde",
    ];

    /// <summary>Whether a word before a full stop is an abbreviation, given what follows.</summary>
    public static bool Contains(ReadOnlySpan<char> word, string? language, ReadOnlySpan<char> following)
    {
        var startsWithDigit = !following.IsEmpty && char.IsAsciiDigit(following[0]);
        if (Is(Ending, word)) return startsWithDigit;
        if (Is(BeforeNumber, word) && !startsWithDigit && word is not ("Nr" or "Abb" or "Fig")) return IsCapitalInitial(word);
        if (language is not null && Lists.TryGetValue(language, out var own)) return Is(own, word) || Is(Lists[""], word);
        if (language is not null) return Is(Lists[""], word);
        foreach (var list in Lists.Values)
        {
            if (Is(list, word)) return true;
        }

        return false;
    }

    /// <summary>Whether a text goes on from an ordinal number: a month, or a noun that is numbered.</summary>
    public static bool IsAfterOrdinal(ReadOnlySpan<char> following)
    {
        foreach (var start in AfterOrdinals)
        {
            if (following.StartsWith(start, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool IsCapitalInitial(ReadOnlySpan<char> word) => word.Length == 1 && char.IsUpper(word[0]);

    private static bool Is(FrozenSet<string> list, ReadOnlySpan<char> word) =>
        list.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}
