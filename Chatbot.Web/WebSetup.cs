using Chatbot.Web.ApiAccess;
using Chatbot.Web.Assets;
using Chatbot.Web.Conversations;
using Chatbot.Web.Documents;
using Chatbot.Web.Errors;
using Chatbot.Web.Evaluations;
using Chatbot.Web.Examples;
using Chatbot.Web.Faqs;
using Chatbot.Web.Feedback;
using Chatbot.Web.Handovers;
using Chatbot.Web.KnowledgeBases;
using Chatbot.Web.Languages;
using Chatbot.Web.Overview;
using Chatbot.Web.Prompts;
using Chatbot.Web.Security;
using Chatbot.Web.Shell;
using Chatbot.Web.SignIn;
using Chatbot.Web.Sites;
using Chatbot.Web.Users;
using Chatbot.Web.Widget;

namespace Chatbot.Web;

/// <summary>The doors of this project: the chat page, the admin area and the widget.</summary>
public static class WebSetup
{
    public static void AddWeb(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRazorComponents();
        builder.AddFormProtection();
        builder.Services.AddSingleton<AssetStore>();
        builder.Services.AddScoped<Visitor>();
        builder.AddApiAccess();
    }

    /// <summary>Call it after <c>UseServiceDefaults</c>: errors of pages are handled inside of those of programs.</summary>
    public static void MapWeb(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseErrorPages();
        app.UsePageHeaders();
        app.UseAntiforgery();

        app.MapAssets();
        app.MapWidget();
        app.MapPreferences();
        app.MapSignOut();
        app.MapSiteActions();
        app.MapDocumentActions();
        app.MapFaqActions();
        app.MapKnowledgeBaseActions();
        app.MapFeedbackActions();
        app.MapEvaluationActions();
        app.MapChangeActions();
        app.MapConversationActions();
        app.MapPromptActions();
        app.MapExampleActions();
        app.MapHandoverActions();
        app.MapUserActions();
        app.MapOverviewActions();
        app.MapApiForwarding();
        app.MapRazorComponents<App>().WithMetadata(PageMark.Instance);
    }
}
