using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Wording;
using Chatbot.Core.Routing;

namespace Chatbot.Api.Routing;

/// <summary>What is said to who does not ask a question: at once, without sources and without a model. Pure.</summary>
internal static class RouteAnswer
{
    /// <returns>Null when the question is to be answered from the sources.</returns>
    public static Answer? Of(Question question, IntentRoute route)
    {
        var intent = route.Intent;
        if (intent.Name == Intent.Question || intent.Template is not null) return null;
        // "Danke" is too short to tell its language; the example that it is like has one.
        var language = route.By is RouteReason.SameWords or RouteReason.Example ? Languages.FirstKnown(route.Nearest?.Language, question.Language) : question.Language;
        var text = intent.Answers.GetValueOrDefault(language) ?? intent.Answers.GetValueOrDefault("") ?? intent.Answers.Values.FirstOrDefault() ?? Shipped(intent.Name, Languages.LinesOf(language), question);
        return text is null ? null : new Answer { Text = text, Intent = intent.Name, Refused = intent.Name == Intent.Refusal };
    }

    private static string? Shipped(string intent, FixedLines lines, Question question)
    {
        var settings = question.KnowledgeBase.Settings;
        return intent switch
        {
            Intent.Greeting => settings.Greeting ?? lines.Greeting,
            Intent.Thanks => lines.Welcome,
            Intent.Goodbye => lines.Goodbye,
            Intent.Identity => lines.Identity.Replace("{knowledge_base}", question.KnowledgeBase.Title, StringComparison.Ordinal),
            Intent.Handover => string.IsNullOrWhiteSpace(settings.Contact) ? lines.NoPerson : lines.RefusalContact.Replace("{contact}", settings.Contact.Trim(), StringComparison.Ordinal),
            Intent.Refusal => $"{lines.NotAnswered} {(string.IsNullOrWhiteSpace(settings.Contact) ? "" : lines.RefusalContact.Replace("{contact}", settings.Contact.Trim(), StringComparison.Ordinal))}".TrimEnd(),
            _ => null,
        };
    }
}
