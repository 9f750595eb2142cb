using System.Text;
using Chatbot.Core.TextAnalysis;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>Looks a question's words up in the vocabulary of a snapshot.</summary>
internal sealed class QuestionResolver(IndexSnapshot snapshot)
{
    private static readonly QueryAnalyzer Analyzer = new();

    private readonly Vocabulary _vocabulary = new(snapshot);

    public ResolvedQuestion Resolve(string question)
    {
        var analyzed = Analyzer.Analyze(question, snapshot.Languages);
        return new ResolvedQuestion(Words(analyzed), [.. analyzed.Phrases.Select(Phrase)]);
    }

    private List<ResolvedWord> Words(AnalyzedQuery question)
    {
        var resolved = new List<ResolvedWord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in question.SearchWords)
        {
            if (IsPartWithoutMeaning(word)) continue;
            if (_vocabulary.Find(word.Text, word.Variants) is { } known) Add(known);
            else if (word.Kind is TermKind.Identifier or TermKind.Joined)
            {
                // Its parts stand beside it, and are what is left to look for.
            }
            else if (word.Kind == TermKind.Word && Parts(word.Text) is { Count: > 0 } parts) parts.ForEach(Add);
            else Add(new ResolvedWord(word.Text, [], _vocabulary.IdfOfTheUnknown));
        }

        return resolved;

        void Add(ResolvedWord word)
        {
            // Two words of a question with one stem are one word.
            if (seen.Add(word.Terms.Count == 0 ? word.Text : Encoding.UTF8.GetString(word.Terms[0].Bytes))) resolved.Add(word);
        }
    }

    private ResolvedPhrase Phrase(QuotedPhrase phrase)
    {
        var words = phrase.Words.Select(word => (IReadOnlyList<byte[]>)_vocabulary.Known(word.Variants)).ToList();
        return new ResolvedPhrase(phrase, words.Exists(word => word.Count == 0) ? [] : words);
    }

    // "in" of "just-in-time" says nothing by itself.
    private bool IsPartWithoutMeaning(QueryWord word) => word.Kind == TermKind.Part && _vocabulary.IsStopWord(word.Text);

    // Other languages write compounds apart: there, "everybody" would become a body.
    private List<ResolvedWord> Parts(string word) => !snapshot.Languages.Any(l => l is "de" or "nl")
        ? []
        : GermanCompounds.Split(word, part => _vocabulary.Find(part) is not null).Select(_vocabulary.Find).OfType<ResolvedWord>().ToList();
}
