using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Web.Prompts;

/// <summary>What the forms of the pages of prompt templates do.</summary>
internal static class PromptActions
{
    public static void MapPromptActions(this WebApplication app)
    {
        var prompts = app.MapGroup("/admin/prompts").RequireFormToken().ExcludeFromDescription();
        prompts.MapPost("/imports", ImportAsync).WithMetadata(PageMark.Instance);
        prompts.MapPost("/{id}/delete", DeleteAsync);
        prompts.MapPost("/{id}/versions/{version:long}/restore", RestoreAsync);
    }

    private static async Task<IResult> DeleteAsync(string id, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<PromptTemplate>(HttpMethod.Delete, $"api/prompt-templates/{Uri.EscapeDataString(id)}", cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect("/admin/prompts") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> RestoreAsync(string id, long version, ApiClient api, CancellationToken cancellationToken)
    {
        var path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"api/prompt-templates/{Uri.EscapeDataString(id)}/versions/{version}/restore");
        var reply = await api.SendAsync<PromptTemplate>(HttpMethod.Post, path, cancellationToken);
        if (reply.Problem is not null) throw new ApiException(reply.Problem);
        // A version that is held back until it is measured.
        return Results.LocalRedirect(reply.Follow is null ? $"/admin/prompts/{Uri.EscapeDataString(id)}/history" : $"/admin/prompts/{Uri.EscapeDataString(id)}");
    }

    private static async Task<IResult> ImportAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (form.Files.GetFile("file") is not { Length: > 0 } file) return Results.LocalRedirect("/admin/prompts");
        var knowledgeBase = form["knowledgeBase"].ToString() is { Length: > 0 } name ? name : "default";
        using var content = new StreamContent(file.OpenReadStream());
        content.Headers.ContentType = new("application/json");
        var reply = await api.SendAsync<PromptImportReply>(HttpMethod.Post, $"api/prompt-templates/import?knowledgeBase={Uri.EscapeDataString(knowledgeBase)}", content, cancellationToken);
        if (reply.Problem is { Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden }) throw new ApiException(reply.Problem);
        return new RazorComponentResult<PromptsPage>(new Dictionary<string, object?>
        {
            [nameof(PromptsPage.Chosen)] = knowledgeBase,
            [nameof(PromptsPage.Imported)] = reply.Value,
            [nameof(PromptsPage.Problem)] = reply.Problem,
        });
    }
}
