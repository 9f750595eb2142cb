using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Chatbot.Api.Telemetry;

/// <summary>The spans and metrics of this project, by the names that operators' dashboards know.</summary>
internal sealed class ApiTelemetry(IMeterFactory meters)
{
    public const string Name = "Chatbot.Api";

    /// <summary>One span for each step of a question.</summary>
    public static readonly ActivitySource Source = new(Name);

    private readonly Instruments it = new(meters.Create(Name));

    /// <summary>A question was answered, refused or given up.</summary>
    /// <param name="outcome"><c>answered</c>, <c>refused</c>, <c>failed</c>, <c>cancelled</c>.</param>
    /// <param name="way"><c>model</c>, <c>extractive</c>, <c>cache</c>, <c>faq</c>.</param>
    public void Answered(string outcome, string way, TimeSpan duration)
    {
        var tags = new TagList { { "outcome", outcome }, { "way", way } };
        it.Queries.Add(1, tags);
        it.Duration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>A step failed, whether or not there was a way round.</summary>
    public void Failed(string type) => it.Errors.Add(1, new KeyValuePair<string, object?>("type", type));

    public void Retrieved(TimeSpan duration) => it.Retrieval.Record(duration.TotalSeconds);

    /// <param name="provider">By its configured name.</param>
    public void ModelAnswered(string provider, TimeSpan duration) => it.Model.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("provider", provider));

    /// <param name="cost">In the currency that prices are set in.</param>
    public void ModelUsed(string provider, long inputTokens, long outputTokens, double cost)
    {
        var tag = new KeyValuePair<string, object?>("provider", provider);
        it.Tokens.Add(inputTokens, tag, new KeyValuePair<string, object?>("direction", "input"));
        it.Tokens.Add(outputTokens, tag, new KeyValuePair<string, object?>("direction", "output"));
        if (cost > 0) it.Cost.Add(cost, tag);
    }

    /// <param name="share">Of the daily budget, 1 when it is used up.</param>
    public void BudgetUsed(double share) => it.Budget.Record(share);

    public void FirstToken(TimeSpan duration) => it.FirstToken.Record(duration.TotalSeconds);

    public void CacheAsked(bool hit) => it.Cache.Add(1, new KeyValuePair<string, object?>("result", hit ? "hit" : "miss"));

    /// <summary>A question got the answer that was being written for another one.</summary>
    public void Joined() => it.Joined.Add(1);

    /// <summary>The vector of a question was looked for among those that were made before.</summary>
    public void VectorAsked(bool hit) => it.Vectors.Add(1, new KeyValuePair<string, object?>("result", hit ? "hit" : "miss"));

    /// <param name="type"><c>question</c>: something was taken out of it; <c>page</c>: out of a passage; <c>leak</c>: a model was stopped.</param>
    public void Guarded(string type, int count = 1) => it.Guarded.Add(count, new KeyValuePair<string, object?>("type", type));

    /// <summary>Sentences of an answer were held against its sources.</summary>
    public void Grounded(int sentences, int unsupported)
    {
        it.Checked.Add(sentences);
        it.Unsupported.Add(unsupported);
        if (sentences > 0) it.UnsupportedShare.Record((double)unsupported / sentences);
    }

    public void Rated(bool helpful) => it.Feedback.Add(1, new KeyValuePair<string, object?>("helpful", helpful ? "yes" : "no"));

    /// <param name="share">Of helpful answers among those that were rated, 0 to 1.</param>
    public void ThumbsUp(string knowledgeBase, double share) => it.ThumbsUp.Record(share, new KeyValuePair<string, object?>("knowledge_base", knowledgeBase));

    private sealed class Instruments(Meter meter)
    {
        public Counter<long> Queries { get; } = meter.CreateCounter<long>("rag_queries_total", description: "Questions by outcome and by what answered them");

        public Histogram<double> Duration { get; } = meter.CreateHistogram<double>("rag_query_duration_seconds", "s", "From the question to the last word of its answer");

        public Counter<long> Errors { get; } = meter.CreateCounter<long>("rag_errors_total", description: "Failures by the step that failed");

        public Histogram<double> Retrieval { get; } = meter.CreateHistogram<double>("rag_retrieval_latency_seconds", "s", "Finding and ranking the passages of a question");

        public Histogram<double> Model { get; } = meter.CreateHistogram<double>("rag_llm_latency_seconds", "s", "From asking the model to its last word");

        public Counter<long> Tokens { get; } = meter.CreateCounter<long>("rag_llm_tokens_total", description: "Tokens that models read and wrote");

        public Counter<double> Cost { get; } = meter.CreateCounter<double>("rag_llm_cost_total", description: "What models cost, by the configured prices");

        public Gauge<double> Budget { get; } = meter.CreateGauge<double>("rag_llm_budget_used_ratio", description: "The share of the daily budget for models that is used up");

        public Histogram<double> FirstToken { get; } = meter.CreateHistogram<double>("rag_time_to_first_token_seconds", "s", "From the question to the first word of its answer");

        public Counter<long> Cache { get; } = meter.CreateCounter<long>("rag_answer_cache_total", description: "Look-ups in the answer cache by result");

        public Counter<long> Joined { get; } = meter.CreateCounter<long>("rag_joined_answers_total", description: "Questions that shared the answer of the same question, asked at the same time");

        public Counter<long> Vectors { get; } = meter.CreateCounter<long>("rag_embedding_cache_total", description: "Look-ups of questions' vectors by result");

        public Counter<long> Guarded { get; } = meter.CreateCounter<long>("rag_guarded_total", description: "Questions and passages that carried instructions to the model, and answers stopped for telling its own");

        public Counter<long> Checked { get; } = meter.CreateCounter<long>("rag_checked_sentences_total", description: "Sentences of models that were held against their sources");

        public Counter<long> Unsupported { get; } = meter.CreateCounter<long>("rag_unsupported_sentences_total", description: "Sentences of models that their sources do not bear out");

        public Histogram<double> UnsupportedShare { get; } = meter.CreateHistogram<double>("rag_unsupported_sentences_ratio", description: "The share of an answer's sentences that its sources do not bear out");

        public Counter<long> Feedback { get; } = meter.CreateCounter<long>("rag_feedback_total", description: "What visitors thought of answers");

        public Gauge<double> ThumbsUp { get; } = meter.CreateGauge<double>("rag_thumbs_up_rate", description: "The share of helpful answers among those rated in the last 30 days");
    }
}
