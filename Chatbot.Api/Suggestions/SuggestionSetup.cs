namespace Chatbot.Api.Suggestions;

internal static class SuggestionSetup
{
    public static void AddSuggestions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SuggestionOptions, SuggestionOptionsValidator>().BindConfiguration("Suggestions");
        services.AddSingleton<PopularQuestions>();
        services.AddSingleton<Suggester>();
    }
}
