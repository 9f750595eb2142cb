using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Servers.OpenAi;

public static class OpenAiSetup
{
    /// <summary>Adds <see cref="LanguageModels"/>, which has none when none is configured.</summary>
    public static void AddLanguageModels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<LlmOptions, LlmOptionsValidator>()
            .BindConfiguration(LlmOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) => options.Overlay(configuration));
        builder.Services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<LlmOptions>>().Value;
            return new LanguageModels([.. options.All().Select(Create)], options);
        });
    }

    private static readonly Uri s_ownUrl = new("https://api.openai.com/v1");

    private static LanguageModel Create(LlmProvider provider) => new(
        provider.Name,
        // Without what may be secret in it.
        (provider.BaseUrl ?? s_ownUrl).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'),
        provider.Model,
        [.. provider.Models.Prepend(provider.Model).Distinct(StringComparer.Ordinal)],
        provider.InputPrice,
        provider.OutputPrice,
        new OpenAiChatClient(provider));
}
