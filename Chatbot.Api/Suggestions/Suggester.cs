using System.Collections.Concurrent;
using Chatbot.Backends.Faqs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.TextAnalysis;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Suggestions;

/// <summary>
/// Suggests questions while one is typed, from memory: each letter asks. Safe for concurrent use.
/// </summary>
internal sealed partial class Suggester(
    FaqQuestionStore faqs, PopularQuestions popular, IOptions<SuggestionOptions> options, TimeProvider clock, ILogger<Suggester> logger) : IDisposable
{
    public const int Most = 10;

    private const int MostFaqs = 5_000;
    private const int MostKnowledgeBases = 50;

    // A burst of letters looks once whether an editor wrote something.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = new();

    /// <param name="typed">Empty before anything is typed.</param>
    public async Task<IReadOnlyList<Suggestion>> SuggestAsync(KnowledgeBase knowledgeBase, string typed, string language, int limit, CancellationToken cancellationToken)
    {
        var isBeginning = string.IsNullOrWhiteSpace(typed);
        if (isBeginning && StartersIn(knowledgeBase.Settings.Starters, language) is { Count: > 0 } starters)
            return [.. starters.Take(limit).Select(text => new Suggestion(text, SuggestionSource.Starter))];
        if (knowledgeBase.Settings.Suggestions == false) return [];
        var list = await GetAsync(knowledgeBase.Id, cancellationToken);
        return isBeginning ? list.Begin(language, limit) : list.Find(typed, language, limit);
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    // Those in the visitor's language; all where none is.
    private static List<string> StartersIn(IReadOnlyList<string> starters, string language)
    {
        var own = starters.Where(text => LanguageDetector.Detect(text) is not { } detected || detected == language).ToList();
        return own.Count > 0 ? own : [.. starters];
    }

    private async Task<SuggestionList> GetAsync(string knowledgeBaseId, CancellationToken cancellationToken)
    {
        if (_held.Count > MostKnowledgeBases && !_held.ContainsKey(knowledgeBaseId)) _held.Clear();
        var held = _held.GetOrAdd(knowledgeBaseId, _ => new Held());
        if (held.List is { } fresh && clock.GetElapsedTime(held.CheckedAt) < Freshness) return fresh;
        await held.Turn.WaitAsync(cancellationToken);
        try
        {
            if (held.List is { } known && clock.GetElapsedTime(held.CheckedAt) < Freshness) return known;
            if (held.Looking is not { IsCompleted: false } && (held.Popular is null || clock.GetElapsedTime(held.LookedAt) >= options.Value.RefreshInterval))
                held.Looking = LookAsync(knowledgeBaseId, held, _ended.Token);
            var stamp = await faqs.GetStampAsync(knowledgeBaseId, cancellationToken);
            if (held.List is null || stamp != held.Stamp || held.Popular != held.Taken)
            {
                var asked = held.Popular;
                var entries = stamp is null ? [] : await faqs.ListTextsAsync(knowledgeBaseId, MostFaqs, cancellationToken);
                held.List = new SuggestionList(entries.Select(entry => (entry.Questions[0], entry.Language, (IReadOnlyList<string>)[.. entry.Questions.Skip(1)])), asked ?? []);
                (held.Stamp, held.Taken) = (stamp, asked);
            }

            held.CheckedAt = clock.GetTimestamp();
            return held.List;
        }
        finally
        {
            held.Turn.Release();
        }
    }

    // Reads all that was asked in some weeks: nobody who types waits for it.
    private async Task LookAsync(string knowledgeBaseId, Held held, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            held.Popular = await popular.ListAsync(knowledgeBaseId, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            held.Popular ??= [];
            LogFailed(error);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        held.LookedAt = clock.GetTimestamp();
    }

    [LoggerMessage(LogLevel.Warning, "What visitors ask often could not be read; it is not suggested")]
    private partial void LogFailed(Exception error);

    private sealed class Held
    {
        private volatile SuggestionList? _list;
        private volatile IReadOnlyList<string>? _popular;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public SuggestionList? List { get => _list; set => _list = value; }

        public IReadOnlyList<string>? Popular { get => _popular; set => _popular = value; }

        /// <summary>The popular ones that the list has.</summary>
        public IReadOnlyList<string>? Taken { get; set; }

        public string? Stamp { get; set; }

        public long CheckedAt { get; set; }

        public long LookedAt { get; set; }

        public Task? Looking { get; set; }
    }
}
