using Chatbot.Api.Answering;
using Chatbot.Api.Evaluations.Drift;
using Chatbot.Api.Evaluations.Golden;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Retrieval.Explaining;

namespace Chatbot.Api.Evaluations;

internal static class EvaluationSetup
{
    /// <summary>Asking golden questions alone: what the command line needs.</summary>
    public static void AddQuestionEvaluator(this IServiceCollection services)
    {
        services.AddSingleton<VisitorTraffic>();
        services.AddSingleton(provider => new QuestionEvaluator(
            provider.GetRequiredService<Retriever>(), provider.GetRequiredService<Answerer>(), provider.GetRequiredService<SearchExplainer>()));
    }

    public static void AddEvaluations(this IServiceCollection services)
    {
        services.AddSingleton<EvaluationTelemetry>();
        services.AddSingleton<EvaluationRequests>();
        services.AddSingleton<ReleaseGate>();
        services.AddSingleton<TemplateGate>();
        services.AddSingleton<ModelGate>();
        services.AddSingleton<CandidateIndex>();
        services.AddSingleton<GoldenEditor>();
        services.AddSingleton<GoldenDrafter>();
        services.AddHostedService<EvaluationWorker>();
        services.AddSingleton<ChangedPages>();
        services.AddSingleton<DriftWatch>();
        services.AddSingleton<DriftWebhook>();
        services.AddHttpClient(DriftWebhook.Client, client => client.Timeout = TimeSpan.FromSeconds(10)).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddHostedService<DriftWorker>();
    }
}
