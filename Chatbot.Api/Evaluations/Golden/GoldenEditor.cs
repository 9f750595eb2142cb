using Chatbot.Api.Http;
using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Feedback;
using Chatbot.Core;

namespace Chatbot.Api.Evaluations.Golden;

/// <summary>Takes golden questions in: of editors, of files, of what visitors asked. Safe for concurrent use.</summary>
internal sealed class GoldenEditor(GoldenQuestionStore golden, VisitorQuestions asked, FeedbackStore feedback)
{
    private const int MostProblems = 100;
    private const int LongestPhrase = 200;

    /// <returns>The question; null when another one has its name or its words.</returns>
    public Task<GoldenQuestion?> SaveAsync(string knowledgeBaseId, GoldenQuestion? known, GoldenRequest request, GoldenOrigin origin, CancellationToken cancellationToken) =>
        golden.SaveAsync(request.ToQuestion(known?.Id ?? Ids.New(), knowledgeBaseId, known, origin), cancellationToken);

    /// <summary>Takes those of a file; one that is there, by its name or else its words, is changed. One that is not right does not keep back the others.</summary>
    public async Task<GoldenImportReply> ImportAsync(string knowledgeBaseId, IReadOnlyList<GoldenRequest> questions, CancellationToken cancellationToken)
    {
        var (created, changed) = (0, 0);
        var problems = new List<GoldenImportProblem>();
        var rejected = 0;
        for (var i = 0; i < questions.Count; i++)
        {
            var errors = new FieldErrors();
            questions[i].CheckFields(errors);
            var known = errors.Any ? null : await golden.FindAsync(knowledgeBaseId, questions[i].Name, questions[i].Question!, cancellationToken);
            var saved = errors.Any ? null : await SaveAsync(knowledgeBaseId, known, questions[i], GoldenOrigin.File, cancellationToken);
            if (saved is null)
            {
                rejected++;
                if (problems.Count < MostProblems) problems.Add(new(i + 1, Shortened(questions[i].Question), errors.Any ? errors.ToText() : "Another question has the same name or the same words."));
            }
            else if (known is null) created++;
            else changed++;
        }

        return new(created, changed, rejected, problems);
    }

    /// <summary>
    /// Makes a draft of what a visitor asked: the pages are those that were cited where the answer helped, the phrase is the
    /// corrected answer where it is short; what was refused is taken for unanswerable until an editor says otherwise.
    /// </summary>
    /// <returns>The draft, or what is there of the question already; null when there is no such answer.</returns>
    public async Task<GoldenQuestion?> PromoteAsync(string messageId, CancellationToken cancellationToken)
    {
        if (await asked.FindAsync(messageId, cancellationToken) is not { } answered) return null;
        if (await golden.FindAsync(answered.KnowledgeBaseId, null, answered.Question, cancellationToken) is { } known) return known;
        var said = await feedback.FindAsync(messageId, cancellationToken);
        var correction = said?.Rating.Correction;
        var isUnanswerable = answered.Refused && correction is null;
        var request = new GoldenRequest
        {
            Question = answered.Question.Length > GoldenRequest.LongestQuestion ? answered.Question[..GoldenRequest.LongestQuestion] : answered.Question,
            Kind = isUnanswerable ? GoldenQuestion.Unanswerable : null,
            ExpectedPages = said?.Rating.Helpful == true ? [.. answered.Citations.Select(citation => PageMatcher.KeyOf(citation.Url, 0)).Distinct()] : [],
            ExpectedPhrases = correction is { Length: <= LongestPhrase } ? [correction] : [],
            Draft = true,
        };
        var question = request.ToQuestion(Ids.New(), answered.KnowledgeBaseId, null, said is null && answered.Refused ? GoldenOrigin.Unanswered : GoldenOrigin.Feedback);
        return await golden.SaveAsync(question with { MessageId = messageId }, cancellationToken) ?? await golden.FindAsync(answered.KnowledgeBaseId, null, answered.Question, cancellationToken);
    }

    private static string Shortened(string? text) => text is { Length: > 100 } ? text[..100] + "…" : text ?? "";
}

/// <summary>What became of an import.</summary>
/// <param name="Problems">The first of what was rejected.</param>
public sealed record GoldenImportReply(int Created, int Changed, int Rejected, IReadOnlyList<GoldenImportProblem> Problems);

/// <summary>A question that was not taken.</summary>
/// <param name="Entry">Its place in the file, from 1.</param>
/// <param name="Detail">In English, for people.</param>
public sealed record GoldenImportProblem(int Entry, string Question, string Detail);
