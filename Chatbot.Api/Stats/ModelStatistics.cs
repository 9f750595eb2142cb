using Chatbot.Api.Answering.Generating;
using Chatbot.Backends.ModelUsage;
using Chatbot.Backends.Servers.OpenAi;

namespace Chatbot.Api.Stats;

/// <summary>What the language models do and cost. Safe for concurrent use.</summary>
internal sealed class ModelStatistics(ModelChain chain, LanguageModels models, ModelUsageStore usage, TimeProvider clock)
{
    /// <summary>The model that is asked first; null when none is configured.</summary>
    public string? Preferred => chain.Name;

    public async Task<(IReadOnlyList<ModelStats> Models, BudgetStats? Budget)> GetAsync(CancellationToken cancellationToken)
    {
        if (chain.Routes.Count == 0) return ([], null);
        var used = await usage.ListAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellationToken);
        List<ModelStats> stats = [.. chain.Routes.SelectMany(route => Of(route, used))];
        return (stats, models.Options.DailyBudget == 0 ? null : new BudgetStats(models.Options.DailyBudget, used.Sum(use => use.Cost)));
    }

    // The one that is asked unless a question chooses, and those that some have chosen today.
    private static IEnumerable<ModelStats> Of(ModelRoute route, IReadOnlyList<ModelUse> used)
    {
        var names = used.Where(use => use.Provider == route.Model.Name).Select(use => use.Model).Prepend(route.Model.Model).Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var use = used.FirstOrDefault(use => use.Provider == route.Model.Name && use.Model == name);
            yield return new ModelStats(route.Model.Name, name, route.IsResting, use?.Answers ?? 0, use?.InputTokens ?? 0, use?.OutputTokens ?? 0, use?.Cost ?? 0);
        }
    }
}
