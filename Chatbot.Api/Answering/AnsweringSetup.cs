using Chatbot.Api.Answering.Caching;
using Chatbot.Api.Answering.Conversing;
using Chatbot.Api.Answering.Extractive;
using Chatbot.Api.Answering.Generating;
using Chatbot.Api.Answering.Grounding;
using Chatbot.Api.Answering.Guarding;
using Chatbot.Api.Answering.Sharing;
using Chatbot.Api.Answering.StoredAnswers;
using Chatbot.Api.Answering.Tracing;
using Chatbot.Api.Evaluations;
using Chatbot.Api.Answering.Refusing;
using Chatbot.Api.Prompts;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Routing;
using Chatbot.Api.Telemetry;
using Chatbot.Backends.KnowledgeBases;

namespace Chatbot.Api.Answering;

internal static class AnsweringSetup
{
    public static void AddAnswerer(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<GenerationOptions, GenerationOptionsValidator>().BindConfiguration("Generation");
        services.AddOptionsWithValidateOnStart<TraceOptions, TraceOptionsValidator>().BindConfiguration("Traces");
        services.AddSingleton<TraceKeeper>();
        services.AddPrompts();
        services.AddIntentRouting();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<FaqQuestionSets>();
        services.AddSingleton<FaqMatcher>();
        services.AddSingleton<ConversationLog>();
        services.AddSingleton<SentenceMeaning>();
        services.AddSingleton<UnitMeaning>();
        services.AddSingleton<ExtractiveAnswer>();
        services.AddSingleton<ModelBudget>();
        services.AddSingleton<ModelChain>();
        services.AddSingleton<ModelCondenser>();
        services.AddSingleton<GeneratedAnswer>();
        services.AddSingleton<OwnKnowledge>();
        services.AddSingleton<Refuser>();
        services.AddSingleton<AnswerWriter>();
        services.AddSingleton<SharedAnswers>();
        services.AddSingleton(provider => new Answerer(
            provider.GetRequiredService<KnowledgeBaseMemory>(),
            provider.GetRequiredService<ConversationLog>(),
            provider.GetRequiredService<ModelCondenser>(),
            provider.GetRequiredService<Retriever>(),
            provider.GetRequiredService<AnswerWriter>(),
            provider.GetRequiredService<SharedAnswers>(),
            provider.GetRequiredService<PromptBook>(),
            provider.GetRequiredService<QuestionRouter>(),
            provider.GetRequiredService<AnswerCache>(),
            provider.GetRequiredService<TraceKeeper>(),
            provider.GetRequiredService<FaqMatcher>(),
            provider.GetRequiredService<ApiTelemetry>(),
            provider.GetRequiredService<VisitorTraffic>(),
            provider.GetRequiredService<ILogger<Answerer>>()));
    }

    /// <summary>Cached answers go when what they cite changes, traces when they are old.</summary>
    public static void AddAnswerForgetting(this IServiceCollection services)
    {
        services.AddHostedService<IndexChangeConsumer>();
        services.AddHostedService(provider => provider.GetRequiredService<TraceKeeper>());
    }
}
