using Chatbot.Web.ApiAccess;
using Chatbot.Web.Faqs;
using Chatbot.Web.Languages;
using Chatbot.Web.Security;

namespace Chatbot.Web.Feedback;

/// <summary>What the buttons of the feedback page do.</summary>
internal static class FeedbackActions
{
    public static void MapFeedbackActions(this WebApplication app)
    {
        var feedback = app.MapGroup("/admin/feedback/{messageId}").RequireFormToken().ExcludeFromDescription();
        feedback.MapPost("/handled", HandleAsync);
        feedback.MapPost("/faq", PublishAsync);
    }

    private static async Task<IResult> HandleAsync(string messageId, HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var reply = await api.SendAsync<HandledDraft, FeedbackItem>(
            HttpMethod.Put, $"api/feedback/{Uri.EscapeDataString(messageId)}/handled", new HandledDraft(form["handled"] == "true"), cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect(LocalPath.Or(form["back"], "/admin/feedback")) : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> PublishAsync(string messageId, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<FaqDraft, Faq>(HttpMethod.Post, $"api/feedback/{Uri.EscapeDataString(messageId)}/faq", new FaqDraft(), cancellationToken);
        return reply.Problem switch
        {
            null => Results.LocalRedirect($"/admin/faqs/{reply.Value!.Id}"),
            // Another entry has the question, or something of it must be written first: the form says so.
            { Status: StatusCodes.Status400BadRequest or StatusCodes.Status409Conflict } => Results.LocalRedirect($"/admin/faqs/new?feedback={Uri.EscapeDataString(messageId)}"),
            var problem => throw new ApiException(problem),
        };
    }
}
