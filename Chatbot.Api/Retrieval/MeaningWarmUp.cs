using Chatbot.Api.Routing;

namespace Chatbot.Api.Retrieval;

/// <summary>Loads the embedding model once the server is up, so that the first visitor does not wait for it, and learns how another one than the shipped one is to be read.</summary>
internal sealed class MeaningWarmUp(QuestionMeaning meaning, ExampleVectors examples) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        // A model that cannot be loaded is logged there, and questions are answered by words.
        var vector = await meaning.OfAsync("hello", stoppingToken);
        await examples.FindScaleAsync(vector, stoppingToken);
    }
}
