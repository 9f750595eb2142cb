using Chatbot.Api.Telemetry;
using Chatbot.Core.Chunks;

namespace Chatbot.Api.Retrieval;

internal static class RetrievalSetup
{
    public static void AddRetrieval(this IServiceCollection services) => services.AddSingleton(provider => new Retriever(
        provider.GetRequiredService<IChunkIndex>(), provider.GetRequiredService<ApiTelemetry>(), provider.GetRequiredService<ILogger<Retriever>>()));
}
