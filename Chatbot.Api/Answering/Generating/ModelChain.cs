using System.Diagnostics;
using System.Runtime.CompilerServices;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.Servers.OpenAi;
using Chatbot.Core.Answering;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Generating;

/// <summary>
/// Asks the configured models one after the other until one answers. One that breaks off within its answer ends it: a
/// visitor has read the beginning, and another model would go on with something else. Safe for concurrent use.
/// </summary>
internal sealed partial class ModelChain
{
    // Of a line: a question in Chinese has a token for each character or two.
    private const int ShortTokens = 160;

    private readonly LanguageModels _models;
    private readonly List<ModelRoute> _routes;
    private readonly ModelBudget _budget;
    private readonly GenerationOptions _options;
    private readonly ApiTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private readonly ILogger<ModelChain> _logger;

    public ModelChain(LanguageModels models, ModelBudget budget, IOptions<GenerationOptions> options, ApiTelemetry telemetry, TimeProvider clock, ILogger<ModelChain> logger)
    {
        (_models, _budget, _options, _telemetry, _clock, _logger) = (models, budget, options.Value, telemetry, clock, logger);
        _routes = [.. models.All.Select(model => new ModelRoute(model, models.Options, clock, logger))];
    }

    /// <summary>The model that is asked first; null when none is configured.</summary>
    public string? Name => _models.All.Count == 0 ? null : _models.All[0].Model;

    /// <inheritdoc cref="GenerationOptions.ContextTokens"/>
    public int ContextTokens => _options.ContextTokens;

    /// <inheritdoc cref="GenerationOptions.HistoryTokens"/>
    public int HistoryTokens => _options.HistoryTokens;

    /// <summary>Names of models that a request may choose.</summary>
    public IReadOnlyList<string> Choices => _models.Choices;

    /// <summary>The name of the model that a choice means.</summary>
    public string NameOf(string choice) => _models.Find(choice).Select(found => found.Name).FirstOrDefault(choice);

    /// <summary>The providers in order of preference.</summary>
    public IReadOnlyList<ModelRoute> Routes => _routes;

    /// <param name="wanted">One of <see cref="Choices"/>, to be asked first; null leaves the order to the settings.</param>
    public IAsyncEnumerable<ModelEvent> AskAsync(IList<ChatMessage> prompt, string? wanted, CancellationToken cancellationToken) =>
        AskAsync(prompt, wanted, _options, cancellationToken);

    /// <summary>Asks for a few words and waits for them: the likeliest ones, in one line's length.</summary>
    /// <param name="wanted">One of <see cref="Choices"/>, to be asked first; null leaves the order to the settings.</param>
    /// <param name="longest">Characters; what says more was not what was asked for.</param>
    /// <param name="patience">For all of it, with what is tried again: a visitor waits.</param>
    /// <returns>Null when they did not come in time, or were more.</returns>
    public async Task<string?> AskShortlyAsync(IList<ChatMessage> prompt, string? wanted, int longest, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, cancellationToken);
        var options = new GenerationOptions
        {
            FirstTokenTimeout = _options.FirstTokenTimeout,
            NextTokenTimeout = _options.NextTokenTimeout,
            MaxTokens = Math.Min(ShortTokens, _options.MaxTokens),
            Temperature = 0,
        };
        var said = new System.Text.StringBuilder();
        try
        {
            await foreach (var happened in AskAsync(prompt, wanted, options, either.Token))
            {
                if (happened is ModelEvent.Failed) return null;
                if (happened is ModelEvent.Text(var piece)) said.Append(piece);
                if (said.Length > longest) return null;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        return said.ToString();
    }

    private async IAsyncEnumerable<ModelEvent> AskAsync(
        IList<ChatMessage> prompt, string? wanted, GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (route, name) in Order(wanted))
        {
            if (!await _budget.AllowsAsync(route.Model, cancellationToken)) continue;
            var started = Stopwatch.GetTimestamp();
            using var span = ApiTelemetry.Source.StartActivity("generate");
            span?.SetTag("gen_ai.system", route.Model.Name).SetTag("gen_ai.request.model", name);
            await using var answer = await BeginAsync(route, name, prompt, options, cancellationToken);
            if (answer is null)
            {
                span?.SetStatus(ActivityStatusCode.Error);
                continue;
            }

            await foreach (var happened in ReadAsync(answer, route.Model, name, prompt, cancellationToken))
            {
                if (happened is ModelEvent.Failed) span?.SetStatus(ActivityStatusCode.Error);
                yield return happened;
            }

            _telemetry.ModelAnswered(route.Model.Name, Stopwatch.GetElapsedTime(started));
            yield break;
        }

        yield return new ModelEvent.Failed(null);
    }

    private async IAsyncEnumerable<ModelEvent> ReadAsync(
        ModelAnswer answer, LanguageModel model, string name, IList<ChatMessage> prompt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var written = new System.Text.StringBuilder();
        ModelEvent? end = null;
        try
        {
            for (var piece = answer.First; piece is not null;)
            {
                written.Append(piece);
                yield return new ModelEvent.Text(piece);
                try
                {
                    piece = await answer.NextAsync();
                }
                catch (ModelFailedException error)
                {
                    _telemetry.Failed("model");
                    LogBrokeOff(model.Name, error.Message);
                    end = new ModelEvent.Failed(name);
                    piece = null;
                }
            }
        }
        finally
        {
            // A visitor who leaves has been written for, too.
            await _budget.SpendAsync(model, name, answer.Usage ?? new TokenUsage(prompt.Sum(message => TokenCounter.Of(message.Text)), TokenCounter.Of(written.ToString())), CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        yield return end ?? new ModelEvent.Ended(answer.Usage, name);
    }

    private async Task<ModelAnswer?> BeginAsync(ModelRoute route, string name, IList<ChatMessage> prompt, GenerationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await route.BeginAsync(token => ModelAnswer.BeginAsync(route.Model, name, prompt, options, _clock, token), cancellationToken);
        }
        catch (ModelFailedException error)
        {
            _telemetry.Failed("model");
            LogFailed(route.Model.Name, name, error.Message);
            return null;
        }
    }

    private IEnumerable<(ModelRoute Route, string Model)> Order(string? wanted)
    {
        var chosen = wanted is null ? [] : _models.Find(wanted).Select(found => (Route: _routes.Find(route => route.Model == found.Model)!, found.Name)).ToList();
        return chosen.Concat(_routes.Except(chosen.Select(one => one.Route)).Select(route => (route, route.Model.Model)));
    }

    // The message alone: what lies behind it quotes what the endpoint answered, which may quote the key.
    [LoggerMessage(LogLevel.Warning, "The language model {Provider} ({Model}) did not answer: {Failure}")]
    private partial void LogFailed(string provider, string model, string failure);

    [LoggerMessage(LogLevel.Warning, "The language model {Provider} broke off: {Failure}")]
    private partial void LogBrokeOff(string provider, string failure);
}
