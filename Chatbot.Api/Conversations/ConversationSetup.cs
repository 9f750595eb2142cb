namespace Chatbot.Api.Conversations;

internal static class ConversationSetup
{
    public static void AddConversations(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ConversationOptions, ConversationOptionsValidator>().BindConfiguration("Conversations");
        services.AddSingleton<ConversationExport>();
        services.AddSingleton<ConversationSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<ConversationSweep>());
    }
}
