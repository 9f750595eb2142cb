using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Servers.OpenAi;

public static class OpenAiSetup
{
    /// <summary>Adds <see cref="IChatClient"/> when a language model is configured; without one there is no such service.</summary>
    public static void AddLanguageModel(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<LlmOptions, LlmOptionsValidator>()
            .BindConfiguration(LlmOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) => options.Overlay(configuration));
        var configured = builder.Configuration.GetSection(LlmOptions.Section).Get<LlmOptions>() ?? new LlmOptions();
        configured.Overlay(builder.Configuration);
        if (configured.IsConfigured)
            builder.Services.AddSingleton<IChatClient>(provider => new OpenAiChatClient(provider.GetRequiredService<IOptions<LlmOptions>>().Value));
    }
}
