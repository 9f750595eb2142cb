using Chatbot.Api.Answering;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Telemetry;
using Chatbot.Core.Routing;

namespace Chatbot.Api.Routing;

/// <summary>
/// Tells questions for the knowledge base from what is small talk, wants a person, is to be refused, or has an intent of its
/// own: by the nearest example, and by the model when that is not sure. In doubt it is a question. Safe for concurrent use.
/// </summary>
internal sealed class QuestionRouter(ExampleBook book, ExampleVectors vectors, QuestionMeaning meaning, IntentModel model)
{
    // Small talk is short, and so is who wants to talk to a person; what is longer is about something.
    private const int Longest = 300;

    private const int Shown = 5;

    /// <summary>Follows from all examples and intents of a knowledge base.</summary>
    public async Task<string> StampAsync(string knowledgeBaseId, CancellationToken cancellationToken) => (await book.OfAsync(knowledgeBaseId, cancellationToken)).Stamp;

    /// <summary>The route of a question as it was typed: "Thanks!" stands for itself, whatever was said before.</summary>
    public async Task<IntentRoute> RouteAsync(Question question, CancellationToken cancellationToken) =>
        (await ExplainAsync(question, cancellationToken)).Route;

    /// <returns>The route with the nearest examples, the best first.</returns>
    public async Task<(IntentRoute Route, IReadOnlyList<(RoutedText Text, double Score)> Nearest)> ExplainAsync(Question question, CancellationToken cancellationToken)
    {
        using var span = ApiTelemetry.Source.StartActivity("route");
        var examples = await book.OfAsync(question.KnowledgeBase.Id, cancellationToken);
        if (examples.FindSame(question.Asked, question.Language) is { } same && examples.Find(same.Intent) is { } known)
            return (new IntentRoute(known, RouteReason.SameWords, 1) { Nearest = same }, [(same, 1)]);
        if (question.Asked.Length > Longest) return (IntentRoute.ToQuestion, []);
        var meant = await meaning.OfAsync(question.Asked, question.Trace, cancellationToken);
        if (await vectors.CompareAsync(meant, examples.Texts, cancellationToken) is not var (cosines, isCalibrated)) return (IntentRoute.ToQuestion, []);

        var nearest = examples.Texts.Zip(cosines).OrderByDescending(pair => pair.Second).Take(Shown).ToList();
        var route = NearestExample.Judge(examples.Texts, cosines, isCalibrated) is { } verdict
            ? await ChooseAsync(question, examples, verdict, cancellationToken)
            : IntentRoute.ToQuestion;
        span?.SetTag("chatbot.intent", route.Intent.Name);
        return (route, nearest);
    }

    private async Task<IntentRoute> ChooseAsync(Question question, ExampleSet examples, NearestExample verdict, CancellationToken cancellationToken)
    {
        if (verdict.IsSure && examples.Find(verdict.Text.Intent) is { } intent) return new IntentRoute(intent, RouteReason.Example, verdict.Score) { Nearest = verdict.Text };
        if (verdict.IsUnsure && await model.AskAsync(question, examples, cancellationToken) is { } said)
            return new IntentRoute(said, RouteReason.Model, verdict.Score) { Nearest = verdict.Text };
        return IntentRoute.ToQuestion with { Score = verdict.Score, Nearest = verdict.Text };
    }
}
