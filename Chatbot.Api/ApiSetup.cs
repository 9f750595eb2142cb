using System.Text.Json.Serialization;
using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Streaming;
using Chatbot.Api.Conversations;
using Chatbot.Api.CrawlRuns;
using Chatbot.Api.Documents;
using Chatbot.Api.Documents.Uploading;
using Chatbot.Api.Evaluations;
using Chatbot.Api.Faqs;
using Chatbot.Api.Feedback;
using Chatbot.Api.Handovers;
using Chatbot.Api.KnowledgeBases;
using Chatbot.Api.Mcp;
using Chatbot.Api.OpenAi;
using Chatbot.Api.Prompts;
using Chatbot.Api.RateLimits;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Retrieval.Reranking;
using Chatbot.Api.Routing;
using Chatbot.Api.Sites;
using Chatbot.Api.Stats;
using Chatbot.Api.Suggestions;
using Chatbot.Api.Telemetry;
using Chatbot.Api.Users;
using Chatbot.Api.Widgets;
using Chatbot.Backends.Servers.OpenAi;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chatbot.Api;

/// <summary>The doors of this project: add its services, map its endpoints. The backends are opened beside it.</summary>
public static class ApiSetup
{
    /// <summary>Retrieval and answering alone: what the command line needs.</summary>
    public static void AddAnswering(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ApiTelemetry>();
        builder.Services.AddMetrics();
        builder.AddLanguageModels();
        builder.Services.AddRetrieval();
        builder.Services.AddReranking();
        builder.Services.AddAnswerer();
        builder.Services.AddQuestionEvaluator();
    }

    /// <summary>Questions and answers in files alone: what the command line needs.</summary>
    public static void AddFaqFiles(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DocumentRemoval>();
        builder.Services.AddFaqs();
    }

    /// <summary>Everything behind <see cref="MapApi"/>.</summary>
    public static void AddApi(this IHostApplicationBuilder builder)
    {
        builder.AddAnswering();
        builder.Services.AddAnswerForgetting();
        builder.Services.AddHandovers();
        builder.Services.AddHostedService<MeaningWarmUp>();
        builder.Services.AddSessions();
        builder.Services.AddClientLimits();
        builder.Services.AddSingleton<AllowedOrigins>();
        builder.Services.AddCors();
        builder.Services.AddOpenAiApi();
        builder.Services.AddAnswerStreams();
        builder.Services.AddMcp();
        builder.Services.AddAdministration();
        builder.Services.AddSingleton<ICorsPolicyProvider>(provider => provider.GetRequiredService<AllowedOrigins>());
        builder.Services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Chatbot";
            document.Info.Description = "Questions, answers with citations, and the administration.";
            return Task.CompletedTask;
        }));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.Converters.Add(new WordEnumConverter());
        });
    }

    private static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<KnowledgeBaseRemover>();
        services.AddSingleton<SiteView>();
        services.AddSingleton<DocumentRemoval>();
        services.AddUploads();
        services.AddFaqs();
        services.AddFeedback();
        services.AddEvaluations();
        services.AddConversations();
        services.AddSuggestions();
        services.AddSingleton<ModelStatistics>();
    }

    /// <summary>Maps all endpoints and the middleware they need. After <c>UseServiceDefaults</c>, before anything that serves pages.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        // Pings that are answered show that somebody is there; a proxy closes what is silent for longer.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseMiddleware<ForgeryGuard>();

        app.MapAnswering();
        app.MapRatings();
        app.MapOpenAiApi();
        app.MapMcp();
        app.MapSession();
        app.MapFiles();
        app.MapPublishedFaqs();
        app.MapOwnConversations();
        app.MapSuggestions();
        app.MapHandoverRequests();
        var admin = app.MapGroup("/api").RequireAdmin();
        admin.MapKnowledgeBases();
        admin.MapSites();
        admin.MapCrawlRuns();
        admin.MapDocuments();
        admin.MapFaqs();
        admin.MapPromptTemplates();
        admin.MapExamples();
        admin.MapHandovers();
        admin.MapSearch();
        admin.MapConversations();
        admin.MapFeedback();
        admin.MapTraces();
        admin.MapEvaluations();
        admin.MapUsers();
        admin.MapStats();

        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.SwaggerEndpoint("/openapi/v1.json", "Chatbot");
            ui.DocumentTitle = "Chatbot API";
        });
        return app;
    }
}
