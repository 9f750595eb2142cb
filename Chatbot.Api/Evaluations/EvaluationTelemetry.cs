using System.Diagnostics.Metrics;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.Evaluation;

namespace Chatbot.Api.Evaluations;

/// <summary>The newest figures of what visitors get, by knowledge base. Safe for concurrent use.</summary>
internal sealed class EvaluationTelemetry
{
    private readonly Gauge<double> precision;
    private readonly Gauge<double> score;

    public EvaluationTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(ApiTelemetry.Name);
        precision = meter.CreateGauge<double>("rag_precision_at_5", description: "Mean share of right passages among the first five, over the golden questions");
        score = meter.CreateGauge<double>("rag_evaluation_score", description: "Mean score of the golden questions, 0 to 1");
    }

    public void Measured(string knowledgeBase, EvaluationMetrics metrics)
    {
        var tag = new KeyValuePair<string, object?>("knowledge_base", knowledgeBase);
        if (metrics.PrecisionAt5 is { } share) precision.Record(share, tag);
        if (metrics.Score is { } mean) score.Record(mean, tag);
    }
}
