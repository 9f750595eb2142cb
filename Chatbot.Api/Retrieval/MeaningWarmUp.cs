namespace Chatbot.Api.Retrieval;

/// <summary>Loads the embedding model once the server is up, so that the first visitor does not wait for it.</summary>
internal sealed class MeaningWarmUp(QuestionMeaning meaning) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        // A model that cannot be loaded is logged there, and questions are answered by words.
        await meaning.OfAsync("hello", stoppingToken);
    }
}
