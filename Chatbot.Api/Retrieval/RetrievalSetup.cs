using Chatbot.Api.Telemetry;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

internal static class RetrievalSetup
{
    public static void AddRetrieval(this IServiceCollection services)
    {
        services.AddSingleton<QuestionMeaning>();
        services.AddSingleton(provider => new Retriever(
            provider.GetRequiredService<IChunkIndex>(),
            provider.GetRequiredService<QuestionMeaning>(),
            provider.GetRequiredService<ApiTelemetry>(),
            provider.GetRequiredService<ILogger<Retriever>>()));
    }
}
