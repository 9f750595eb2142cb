namespace Chatbot.Api.Faqs;

internal static class FaqSetup
{
    public static void AddFaqs(this IServiceCollection services)
    {
        services.AddSingleton<FaqEditor>();
        services.AddSingleton<FaqImporter>();
    }
}
