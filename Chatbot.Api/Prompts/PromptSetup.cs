namespace Chatbot.Api.Prompts;

internal static class PromptSetup
{
    public static void AddPrompts(this IServiceCollection services)
    {
        services.AddSingleton<PromptBook>();
        services.AddSingleton<PromptPreview>();
    }
}
