using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using Chatbot.Api.Answering.Citing;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Routing;
using Chatbot.Backends.Faqs;
using Chatbot.Core.Answering;
using Chatbot.Core.Chunks;
using Chatbot.Core.Documents;
using Chatbot.Core.Faqs;
using Chatbot.Core.KnowledgeBases;

namespace Chatbot.Api.Answering.StoredAnswers;

/// <summary>
/// Answers a question that an editor has answered already: word for word, without a search and without a model. Questions
/// are compared with questions, by the same kind of vector; how near is near enough was measured (docs/answering.md), and
/// what tells two near questions apart (days, numbers, names, negations) must be the same. Safe for concurrent use.
/// </summary>
internal sealed partial class FaqMatcher(FaqQuestionSets sets, FaqStore faqs, QuestionMeaning meaning, ExampleVectors examples, IChunkIndex index, ILogger<FaqMatcher> logger)
{
    // What a reader sees of the passage when he points at the citation.
    private const int LongestPassage = 2_000;

    // Whole and parts of what was said are compared only up to here: nobody writes an entry for more.
    private const int LongestQuestion = 500;

    /// <returns>The stored answer with its citation; null when no entry asks the same.</returns>
    public async Task<Answer?> FindAsync(Question question, CancellationToken cancellationToken)
    {
        var from = question.KnowledgeBase.Settings.FaqMatch ?? KnowledgeBaseSettings.DefaultFaqMatch;
        // What leans on the conversation is not the question that an entry asks.
        if (from <= 0 || question.Asked != question.Standalone || question.Asked.Length > LongestQuestion) return null;
        try
        {
            if (await sets.GetAsync(question.KnowledgeBase.Id, cancellationToken) is not { } set) return null;
            var found = set.FindSame(question.Asked) ?? await FindNearAsync(set, question, from, cancellationToken);
            return found is not null && await faqs.FindAsync(found, cancellationToken) is { Status: not DocumentStatus.Gone } entry
                ? await AnswerAsync(question, entry, cancellationToken)
                : null;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // The way over the index finds the entry as well.
            LogFailed(error);
            return null;
        }
    }

    private async Task<string?> FindNearAsync(FaqQuestionSet set, Question question, double from, CancellationToken cancellationToken)
    {
        if (set.Questions.Count == 0) return null;
        var vector = await meaning.OfAsync(question.Asked, question.Trace, cancellationToken);
        if (vector.IsEmpty) return null;
        if ((vector.Model ?? "") != set.Model || vector.Length != set.Dimensions)
        {
            sets.MakeAnew(set, vector.Model ?? "");
            return null;
        }

        // How near is near enough was measured with the shipped model.
        if (await examples.FindScaleAsync(vector, cancellationToken) is not { } scale) return null;
        var near = new List<(double Cosine, int Place)>();
        for (var i = 0; i < set.Questions.Count; i++)
        {
            var cosine = scale.Of(TensorPrimitives.Dot(set.VectorOf(i), vector.Span));
            if (cosine >= from) near.Add((cosine, i));
        }

        foreach (var (_, place) in near.OrderByDescending(found => found.Cosine))
            if (QuestionAgreement.Asks(question.Asked, set.Questions[place].Text, set.Questions[place].Language)) return set.Questions[place].FaqId;
        return null;
    }

    private async Task<Answer> AnswerAsync(Question question, FaqEntry entry, CancellationToken cancellationToken)
    {
        var chunks = await index.GetDocumentAsync(question.KnowledgeBase.Id, entry.Id, cancellationToken);
        var text = entry.Content.Answer;
        var citation = new Citation(
            1,
            TextFragment.Of(entry.Content.Link ?? FaqAddress.Of(entry.Id), 0, null, text.Split('\n')[0]),
            entry.Content.Question,
            text.Length <= LongestPassage ? text : string.Concat(text.AsSpan(0, LongestPassage), " …"),
            entry.Id,
            // Right after saving there is none yet.
            chunks is [var first, ..] ? first.Id : "")
        {
            // Editors write addresses as they are.
            Links = Address().Matches(text) is { Count: > 0 } found ? [.. found.Select(match => match.Value).Distinct().Select(url => new CitedLink(url, url))] : null,
        };
        // Behind the last row of a table it would become a cell.
        var isTable = text.Split('\n')[^1].Contains(" | ", StringComparison.Ordinal) || text.EndsWith('|');
        return new Answer
        {
            Text = $"{text}{(isTable ? "\n\n" : " ")}[1]",
            Citations = [citation],
            Notice = Languages.LinesOf(question.Language).FromFaq,
            FaqId = entry.Id,
        };
    }

    [GeneratedRegex(@"https?://[^\s<>""')\]]+[^\s<>""')\].,;:!?]")]
    private static partial Regex Address();

    [LoggerMessage(LogLevel.Warning, "Questions and answers could not be looked through")]
    private partial void LogFailed(Exception error);
}
