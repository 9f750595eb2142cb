using Chatbot.Api.Answering.Generating;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Prompts;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.Conversations;
using Chatbot.Core.TextAnalysis;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Conversing;

/// <summary>
/// Lets the language model make a question understandable by itself where it may lean on the conversation. What comes too
/// late, or is no question about what was said, leaves it as the rules made it. Safe for concurrent use.
/// </summary>
internal sealed class ModelCondenser(ModelChain models, IOptions<GenerationOptions> options, ApiTelemetry telemetry, TimeProvider clock)
{
    // "When does it open on Sundays?" has more and says "it"; of what has so few the rules miss half ("Opening hours?").
    private const int FewWords = 5;
    private const int FewLetters = 12;

    private static readonly PromptText s_template = Read();

    /// <returns>The question, noted in its trace as the model or the rules made it when the model was asked.</returns>
    public async Task<Question> CondenseAsync(Question question, CancellationToken cancellationToken)
    {
        if (!IsWorthAsking(question)) return question;
        using var span = ApiTelemetry.Source.StartActivity("condense");
        var prompt = PromptComposer.Compose(s_template, question, [], models.HistoryTokens, clock.GetLocalNow());
        var said = await models.AskShortlyAsync(prompt, question.Model, CondensedQuestion.Longest, options.Value.CondenseTimeout, cancellationToken);
        var condensed = said is null || IsLeak(prompt[0].Text, said, question) ? null : CondensedQuestion.Check(said, question.Asked, question.History);
        if (condensed is not null) question = question with { Standalone = condensed };
        question.Trace.Add("condense", ("question", question.Standalone), ("by", condensed is null ? "rules" : "model"), ("model said", condensed is not null ? "a question" : said is null ? "nothing in time" : "nothing of use"));
        span?.SetTag("chatbot.condensed_by", condensed is null ? "rules" : "model");
        return question;
    }

    // What it makes is shown where it is asked back.
    private bool IsLeak(string told, string said, Question question)
    {
        var leak = new PromptLeak(told, [question.Asked, .. question.History.Select(message => message.Text)]);
        leak.Next(said);
        leak.End();
        if (leak.IsLeaking) telemetry.Guarded("leak");
        return leak.IsLeaking;
    }

    // A provider that is left alone is tried again by an answer: there is time for it to fail.
    private bool IsWorthAsking(Question question) =>
        models.Name is not null && options.Value.CondenseTimeout > TimeSpan.Zero && !models.Routes[0].IsResting
        && question.History.Any(message => message.Role == ConversationRole.User)
        && (FollowUps.IsFollowUp(question.Asked) || IsShort(question.Asked));

    private static bool IsShort(string asked) => LanguageDetector.Detect(asked) is "zh" or "ja" or "th"
        ? asked.Length <= FewLetters
        : asked.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length <= FewWords;

    private static PromptText Read()
    {
        using var file = typeof(ModelCondenser).Assembly.GetManifestResourceStream("condense-prompt.md")
            ?? throw new InvalidOperationException("The assembly lacks condense-prompt.md.");
        using var reader = new StreamReader(file);
        return PromptText.Parse(reader.ReadToEnd()) ?? throw new InvalidOperationException("condense-prompt.md lacks its line of three hyphens.");
    }
}
