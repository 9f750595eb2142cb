namespace Chatbot.Core.Chunks;

/// <summary>A word of a question as the index looked it up.</summary>
/// <param name="Text">As it was asked, folded; part of a compound where the index knows only the parts.</param>
/// <param name="Idf">How rare it is in the index; the highest there is for a word that it lacks.</param>
/// <param name="Terms">What stands for it in analysed text; any of them is a match. Empty when the index lacks it.</param>
public sealed record QuestionTerm(string Text, double Idf, IReadOnlyList<string> Terms)
{
    /// <summary>What a word that the index lacks was taken for, as it is written there, the likeliest first: a typing error. Otherwise empty.</summary>
    public IReadOnlyList<string> ReadAs { get; init; } = [];
}
