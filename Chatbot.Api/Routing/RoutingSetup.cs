namespace Chatbot.Api.Routing;

internal static class RoutingSetup
{
    public static void AddIntentRouting(this IServiceCollection services)
    {
        services.AddSingleton<ExampleBook>();
        services.AddSingleton<ExampleVectors>();
        services.AddSingleton<IntentModel>();
        services.AddSingleton<QuestionRouter>();
        services.AddSingleton<ExampleImporter>();
    }
}
