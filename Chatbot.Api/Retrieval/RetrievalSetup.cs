using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Retrieval.Explaining;
using Chatbot.Api.Retrieval.Reranking;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.Documents;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

internal static class RetrievalSetup
{
    public static void AddRetrieval(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MeaningOptions, MeaningOptionsValidator>().BindConfiguration("Meaning");
        services.AddSingleton<Freshness>();
        services.AddSingleton<QuestionVectors>();
        services.AddSingleton<QuestionMeaning>();
        services.AddSingleton<PassageDefuser>();
        services.AddSingleton(provider => new SearchExplainer(
            provider.GetRequiredService<IChunkIndex>(), provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<CrawledUrls>()));
        services.AddSingleton(provider => new Retriever(
            provider.GetRequiredService<IChunkIndex>(),
            provider.GetRequiredService<QuestionMeaning>(),
            provider.GetRequiredService<RerankClient>(),
            provider.GetRequiredService<Freshness>(),
            provider.GetRequiredService<PassageDefuser>(),
            provider.GetRequiredService<ApiTelemetry>(),
            provider.GetRequiredService<ILogger<Retriever>>()));
    }
}
