namespace Chatbot.Api.Retrieval.Reranking;

internal static class RerankSetup
{
    /// <summary>Adds <see cref="RerankClient"/>; without an endpoint it changes nothing.</summary>
    public static void AddReranking(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RerankOptions, RerankOptionsValidator>()
            .BindConfiguration(RerankOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) => options.Overlay(configuration));
        services.AddSingleton<RerankClient>();
    }
}
