namespace Chatbot.Api.Feedback;

internal static class FeedbackSetup
{
    public static void AddFeedback(this IServiceCollection services)
    {
        services.AddSingleton<ThumbsUpRate>();
        services.AddHostedService(provider => provider.GetRequiredService<ThumbsUpRate>());
    }
}
