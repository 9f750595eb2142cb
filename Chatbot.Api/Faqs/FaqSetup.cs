using Chatbot.Backends.Faqs;

namespace Chatbot.Api.Faqs;

internal static class FaqSetup
{
    public static void AddFaqs(this IServiceCollection services)
    {
        services.AddSingleton<FaqEditor>();
        services.AddSingleton<FaqImporter>();
        services.AddSingleton(provider => new FaqFiles(provider.GetRequiredService<FaqImporter>(), provider.GetRequiredService<FaqStore>()));
    }
}
