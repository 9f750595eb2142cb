using Chatbot.Backends.Data;
using Chatbot.Core.Data;

namespace Chatbot.Backends.ModelUsage;

/// <summary>What the language models read, wrote and cost, by day. Safe for concurrent use, by several processes too.</summary>
public sealed class ModelUsageStore(Database database)
{
    /// <param name="day">In UTC.</param>
    /// <param name="provider">By its name.</param>
    public Task AddAsync(DateOnly day, string provider, string model, long inputTokens, long outputTokens, decimal cost, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            // In millionths: sums of whole numbers are exact in every database.
            var row = new Row { Day = Text(day), Provider = provider, Model = model, Answers = 1, InputTokens = inputTokens, OutputTokens = outputTokens, CostMicros = (long)decimal.Ceiling(cost * Row.Micros) };
            var known = await transaction.RunAsync(
                """
                UPDATE model_usage SET answers = answers + 1, input_tokens = input_tokens + @InputTokens, output_tokens = output_tokens + @OutputTokens, cost_micros = cost_micros + @CostMicros
                WHERE day = @Day AND provider = @Provider AND model = @Model
                """,
                row,
                cancellationToken);
            if (known > 0) return;
            await transaction.RunAsync(
                """
                INSERT INTO model_usage (day, provider, model, answers, input_tokens, output_tokens, cost_micros)
                VALUES (@Day, @Provider, @Model, @Answers, @InputTokens, @OutputTokens, @CostMicros)
                """,
                row,
                cancellationToken);
        },
        cancellationToken);

    /// <returns>What was used from a day on, the latest day first.</returns>
    public Task<IReadOnlyList<ModelUse>> ListAsync(DateOnly from, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<ModelUse>>(
        async connection => (await connection.ListAsync<Row>(
            "SELECT day, provider, model, answers, input_tokens, output_tokens, cost_micros FROM model_usage WHERE day >= @from ORDER BY day DESC, provider, model",
            With(new { from = Text(from) }),
            cancellationToken)).ConvertAll(row => row.ToRecord()),
        cancellationToken);

    /// <returns>What all models cost on a day.</returns>
    public async Task<decimal> GetCostAsync(DateOnly day, CancellationToken cancellationToken) =>
        (await ListAsync(day, cancellationToken)).Where(use => use.Day == day).Sum(use => use.Cost);

    private static string Text(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Row
    {
        public const decimal Micros = 1_000_000;

        public string Day { get; set; } = "";
        public string Provider { get; set; } = "";
        public string Model { get; set; } = "";
        public long Answers { get; set; }
        public long InputTokens { get; set; }
        public long OutputTokens { get; set; }
        public long CostMicros { get; set; }

        public ModelUse ToRecord() => new(
            DateOnly.Parse(Day, System.Globalization.CultureInfo.InvariantCulture), Provider, Model, Answers, InputTokens, OutputTokens, CostMicros / Micros);
    }
}

/// <summary>What a model did on a day.</summary>
/// <param name="Day">In UTC.</param>
/// <param name="Provider">By its name.</param>
/// <param name="Answers">Whole ones and such that broke off.</param>
/// <param name="Cost">By the configured prices.</param>
public sealed record ModelUse(DateOnly Day, string Provider, string Model, long Answers, long InputTokens, long OutputTokens, decimal Cost);
