namespace Chatbot.Api.Answering.Extractive;

/// <summary>Chooses the units that make an answer together: good ones, of what the others do not say yet, within the room there is. Pure.</summary>
internal static class UnitPicker
{
    /// <summary>Characters of an extractive answer at most, its citation marks included: what fits on a phone without scrolling far.</summary>
    public const int LongestAnswer = 800;

    // Room for " [12]" and a break after each unit.
    private const int MarkLength = 7;

    // Of the best unit's score; what is worse than this distracts. Measured on two documentation sites: at 0.45 an answer of
    // 370 characters cites a right page for 46 % and 92 % of the questions, at 0.2 one of about 700 for 54 % and 96 %.
    private const double WorthShowing = 0.2;

    // A unit loses this share of its score when all its words of the question are said already; where meaning decides they
    // say less about whether it brings something new.
    private const double Repetition = 0.55, RepetitionByMeaning = 0.3;

    // A right page is among the first three far more often than it is the first one.
    private const int Sources = 3;

    // The best source may speak at length (a table of opening hours), the others in a sentence or two.
    private const int LongestFirst = 600, LongestOther = 300;

    private const int MostUnits = 8;
    private const int MostOfPassage = 3;

    /// <returns>In reading order: passages by their rank, units by their place. Empty when there is none.</returns>
    public static IReadOnlyList<AnswerUnit> Pick(IReadOnlyList<AnswerUnit> units, UnitScorer scorer, bool isByMeaning)
    {
        var repetition = isByMeaning ? RepetitionByMeaning : Repetition;
        var picked = new List<AnswerUnit>();
        var room = LongestAnswer;
        var said = 0UL;
        var best = 0.0;
        var openers = Openers(units);
        while (picked.Count < MostUnits)
        {
            // First the best of each of the best sources: which of them answers is for the reader to see.
            var pool = openers.Count > 0 ? openers.Dequeue() : units;
            var next = pool
                .Where(unit => Length(unit, picked) <= room && IsNew(unit, picked))
                .Select(unit => (Unit: unit, Worth: Worth(unit, said, scorer, repetition)))
                .DefaultIfEmpty()
                .MaxBy(pair => pair.Worth);
            if (next.Unit is null || next.Worth <= 0 || next.Worth < best * WorthShowing)
            {
                if (openers.Count > 0 || pool != units) continue;
                break;
            }

            best = Math.Max(best, next.Worth);
            room -= Length(next.Unit, picked);
            picked.Add(next.Unit);
            said |= next.Unit.Matched;
        }

        return [.. picked
            .GroupBy(unit => unit.Passage.Chunk.Id)
            .OrderBy(group => group.First().Passage.Rank)
            .SelectMany(group => group.OrderBy(unit => unit.Place))];
    }

    private static Queue<IReadOnlyList<AnswerUnit>> Openers(IReadOnlyList<AnswerUnit> units) => new(units
        .GroupBy(unit => unit.Passage.Chunk.DocumentId)
        .Take(Sources)
        .Select((group, place) => (IReadOnlyList<AnswerUnit>)[.. group.Where(unit => unit.Text.Length <= (place == 0 ? LongestFirst : LongestOther))]));

    private static double Worth(AnswerUnit unit, ulong said, UnitScorer scorer, double repetition)
    {
        var weight = scorer.Weight(unit.Matched);
        var repeated = weight <= 0 ? 0 : scorer.Weight(unit.Matched & said) / weight;
        return unit.Score * (1 - (repetition * repeated));
    }

    private static int Length(AnswerUnit unit, List<AnswerUnit> picked) => unit.Row(picked.Find(unit.IsOfTable)).Length + MarkLength;

    private static bool IsNew(AnswerUnit unit, List<AnswerUnit> picked) =>
        picked.Count(other => other.Passage.Chunk.Id == unit.Passage.Chunk.Id) < MostOfPassage
        && !picked.Exists(other => other.Text.Equals(unit.Text, StringComparison.OrdinalIgnoreCase));
}
