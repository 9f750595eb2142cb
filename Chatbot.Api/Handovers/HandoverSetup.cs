namespace Chatbot.Api.Handovers;

internal static class HandoverSetup
{
    public static void AddHandovers(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<HandoverOptions, HandoverOptionsValidator>().BindConfiguration("Handover");
        services.AddOptionsWithValidateOnStart<SmtpOptions, SmtpOptionsValidator>().BindConfiguration("Smtp");
        services.AddSingleton<HandoverWebhook>();
        services.AddSingleton<HandoverMail>();
        services.AddHostedService<HandoverConsumer>();
    }
}
