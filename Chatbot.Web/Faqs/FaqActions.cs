using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Web.Faqs;

/// <summary>What the forms of the pages of questions and answers do.</summary>
internal static class FaqActions
{
    public static void MapFaqActions(this WebApplication app)
    {
        var faqs = app.MapGroup("/admin/faqs").RequireFormToken().ExcludeFromDescription();
        faqs.MapPost("/imports", ImportAsync).WithMetadata(PageMark.Instance);
        faqs.MapPost("/{id}/delete", DeleteAsync);
    }

    private static async Task<IResult> DeleteAsync(string id, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<Faq>(HttpMethod.Delete, $"api/faqs/{Uri.EscapeDataString(id)}", cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect("/admin/faqs") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> ImportAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (form.Files.GetFile("file") is not { Length: > 0 } file) return Results.LocalRedirect("/admin/faqs/import");
        var knowledgeBase = form["knowledgeBase"].ToString() is { Length: > 0 } name ? name : "default";
        using var content = new StreamContent(file.OpenReadStream());
        var isJson = file.FileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        content.Headers.ContentType = new(isJson ? "application/json" : "text/csv");
        var path = $"api/faqs/import?knowledgeBase={Uri.EscapeDataString(knowledgeBase)}&replace={(form["replace"] == "true" ? "true" : "false")}";
        var reply = await api.SendAsync<FaqImportReply>(HttpMethod.Post, path, content, cancellationToken);
        if (reply.Problem is { Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden }) throw new ApiException(reply.Problem);
        return new RazorComponentResult<FaqImportPage>(new Dictionary<string, object?>
        {
            [nameof(FaqImportPage.Reply)] = reply.Value,
            [nameof(FaqImportPage.Problem)] = reply.Problem,
        });
    }
}
