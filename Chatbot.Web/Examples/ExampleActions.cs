using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Web.Examples;

/// <summary>What the forms of the pages of examples do.</summary>
internal static class ExampleActions
{
    public static void MapExampleActions(this WebApplication app)
    {
        var examples = app.MapGroup("/admin/examples").RequireFormToken().ExcludeFromDescription();
        examples.MapPost("/imports", ImportAsync).WithMetadata(PageMark.Instance);
        examples.MapPost("/{id}/delete", DeleteAsync);
        examples.MapPost("/intents/{name}/delete", DeleteIntentAsync);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<Example>(HttpMethod.Delete, $"api/examples/{Uri.EscapeDataString(id)}", cancellationToken);
        return reply.Problem is null ? Back(await context.Request.ReadFormAsync(cancellationToken)) : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> DeleteIntentAsync(string name, HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var path = $"api/examples/intents/{Uri.EscapeDataString(name)}?knowledgeBase={Uri.EscapeDataString(KnowledgeBaseOf(form))}";
        var reply = await api.SendAsync<Intent>(HttpMethod.Delete, path, cancellationToken);
        return reply.Problem is null ? Back(form) : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> ImportAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (form.Files.GetFile("file") is not { Length: > 0 } file) return Back(form);
        using var content = new StreamContent(file.OpenReadStream());
        var isJson = file.FileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        content.Headers.ContentType = new(isJson ? "application/json" : "text/csv");
        var path = $"api/examples/import?knowledgeBase={Uri.EscapeDataString(KnowledgeBaseOf(form))}&replace={(form["replace"] == "true" ? "true" : "false")}";
        var reply = await api.SendAsync<ExampleImportReply>(HttpMethod.Post, path, content, cancellationToken);
        if (reply.Problem is { Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden }) throw new ApiException(reply.Problem);
        return new RazorComponentResult<ExamplesPage>(new Dictionary<string, object?>
        {
            [nameof(ExamplesPage.Chosen)] = KnowledgeBaseOf(form),
            [nameof(ExamplesPage.Imported)] = reply.Value,
            [nameof(ExamplesPage.Failure)] = reply.Problem,
        });
    }

    private static string KnowledgeBaseOf(IFormCollection form) => form["knowledgeBase"].ToString() is { Length: > 0 } name ? name : "default";

    private static IResult Back(IFormCollection form) => Results.LocalRedirect($"/admin/examples?kb={Uri.EscapeDataString(KnowledgeBaseOf(form))}");
}
