using Chatbot.Api.Telemetry;
using Chatbot.Backends.ModelUsage;
using Chatbot.Backends.Servers.OpenAi;

namespace Chatbot.Api.Answering.Generating;

/// <summary>
/// What models cost, and when that is enough for a day: then those that cost something are left alone until midnight (UTC).
/// Counts what all processes on the same database spend. Safe for concurrent use.
/// </summary>
internal sealed partial class ModelBudget(LanguageModels models, ModelUsageStore store, ApiTelemetry telemetry, TimeProvider clock, ILogger<ModelBudget> logger)
{
    // What other processes spend is seen after so long.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private DateOnly _day;
    private decimal _spent;
    private long _readAt;
    private bool _isAlarmed;
    private bool _isSpent;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Whether a model may be asked.</summary>
    public async Task<bool> AllowsAsync(LanguageModel model, CancellationToken cancellationToken)
    {
        var budget = models.Options.DailyBudget;
        if (budget == 0 || !model.IsPaid) return true;
        await RefreshAsync(cancellationToken);
        lock (_gate)
        {
            return _day != Today || _spent < budget;
        }
    }

    /// <summary>Counts what a model read and wrote.</summary>
    public async Task SpendAsync(LanguageModel model, string name, TokenUsage usage, CancellationToken cancellationToken)
    {
        var cost = model.CostOf(usage.InputTokens, usage.OutputTokens);
        telemetry.ModelUsed(model.Name, usage.InputTokens, usage.OutputTokens, (double)cost);
        Count(Today, cost);
        try
        {
            await store.AddAsync(Today, model.Name, name, usage.InputTokens, usage.OutputTokens, cost, cancellationToken);
        }
        catch (Exception error)
        {
            // An answer is worth more than its account.
            LogNotKept(error);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var today = Today;
        lock (_gate)
        {
            if (_day == today && clock.GetElapsedTime(_readAt) < Freshness) return;
            _readAt = clock.GetTimestamp();
        }

        try
        {
            var spent = await store.GetCostAsync(today, cancellationToken);
            lock (_gate)
            {
                if (_day != today) (_day, _spent, _isAlarmed, _isSpent) = (today, 0, false, false);
                _spent = Math.Max(_spent, spent);
            }

            Alarm();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotKept(error);
        }
    }

    private void Count(DateOnly today, decimal cost)
    {
        lock (_gate)
        {
            if (_day != today) (_day, _spent, _readAt, _isAlarmed, _isSpent) = (today, 0, 0, false, false);
            _spent += cost;
        }

        Alarm();
    }

    private void Alarm()
    {
        var budget = models.Options.DailyBudget;
        if (budget == 0) return;
        bool isNear, isOver;
        decimal spent;
        lock (_gate)
        {
            spent = _spent;
            isOver = !_isSpent && spent >= budget;
            isNear = !_isAlarmed && !isOver && spent >= budget * (decimal)models.Options.BudgetAlarm;
            _isSpent |= isOver;
            _isAlarmed |= isNear || isOver;
        }

        telemetry.BudgetUsed((double)(spent / budget));
        if (isNear) LogNear(spent, budget);
        if (isOver) LogOver(spent, budget);
    }

    [LoggerMessage(LogLevel.Warning, "Language models have cost {Spent} of the {Budget} that they may cost today")]
    private partial void LogNear(decimal spent, decimal budget);

    [LoggerMessage(LogLevel.Error, "Language models have cost {Spent} today and may cost {Budget}: those that cost something are left alone until midnight (UTC)")]
    private partial void LogOver(decimal spent, decimal budget);

    [LoggerMessage(LogLevel.Warning, "What language models cost could not be read or kept")]
    private partial void LogNotKept(Exception error);
}
