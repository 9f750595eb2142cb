using System.Globalization;
using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Web.Evaluations;

/// <summary>What the buttons of the pages of evaluations and golden questions do.</summary>
internal static class EvaluationActions
{
    public static void MapEvaluationActions(this WebApplication app)
    {
        var runs = app.MapGroup("/admin/evaluations").RequireFormToken().ExcludeFromDescription();
        runs.MapPost("/runs", StartAsync);
        runs.MapPost("/settings", SetAsync);
        foreach (var step in (string[])["cancel", "activate", "drop"])
            runs.MapPost($"/{{id}}/{step}", (string id, ApiClient api, CancellationToken cancellationToken) => StepAsync(id, step, api, cancellationToken));
        runs.MapPost("/{id}/delete", DeleteRunAsync);

        var golden = app.MapGroup("/admin/golden").RequireFormToken().ExcludeFromDescription();
        golden.MapPost("/drafts", DraftAsync);
        golden.MapPost("/drafts/delete", DropDraftsAsync);
        golden.MapPost("/accept", AcceptAsync);
        golden.MapPost("/promote", PromoteAsync);
        golden.MapPost("/imports", ImportAsync).WithMetadata(PageMark.Instance);
        golden.MapPost("/{id}/delete", DeleteQuestionAsync);
    }

    private static async Task<IResult> StartAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<EvaluationDraft, Evaluation>(HttpMethod.Post, "api/evaluations", new EvaluationDraft(await KnowledgeBaseAsync(context, cancellationToken)), cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect($"/admin/evaluations/{reply.Value!.Id}") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> SetAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = await KnowledgeBaseAsync(context, cancellationToken);
        // What is no number is refused with the rest.
        var tolerance = double.TryParse(form["tolerance"], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : -1;
        var settings = new EvaluationSettings(form["cron"], form["timeZone"], form["gate"] == "true", tolerance, form["drift"] == "true", form["webhook"]);
        var reply = await api.SendAsync<EvaluationSettings, EvaluationSettings>(HttpMethod.Put, $"api/evaluations/settings?knowledgeBase={Uri.EscapeDataString(name)}", settings, cancellationToken);
        return reply.Problem switch
        {
            null => Results.LocalRedirect($"/admin/evaluations?kb={Uri.EscapeDataString(name)}"),
            { Errors: { Count: > 0 } errors } => Results.LocalRedirect($"/admin/evaluations?kb={Uri.EscapeDataString(name)}&wrong={Uri.EscapeDataString(string.Join(' ', errors.Values.SelectMany(texts => texts)))}"),
            var problem => throw new ApiException(problem),
        };
    }

    private static async Task<IResult> StepAsync(string id, string step, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<Evaluation>(HttpMethod.Post, $"api/evaluations/{Uri.EscapeDataString(id)}/{step}", cancellationToken);
        // What has ended or was decided meanwhile shows itself on the page.
        return reply.Problem is null or { Status: StatusCodes.Status409Conflict } ? Results.LocalRedirect($"/admin/evaluations/{Uri.EscapeDataString(id)}") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> DeleteRunAsync(string id, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<Evaluation>(HttpMethod.Delete, $"api/evaluations/{Uri.EscapeDataString(id)}", cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect("/admin/evaluations") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> DraftAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var name = await KnowledgeBaseAsync(context, cancellationToken);
        var reply = await api.SendAsync<CountReply>(HttpMethod.Post, $"api/evaluations/questions/drafts?knowledgeBase={Uri.EscapeDataString(name)}", cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect($"/admin/golden?draft=true&kb={Uri.EscapeDataString(name)}") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> DropDraftsAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var name = await KnowledgeBaseAsync(context, cancellationToken);
        var reply = await api.SendAsync<CountReply>(HttpMethod.Delete, $"api/evaluations/questions/drafts?knowledgeBase={Uri.EscapeDataString(name)}", cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect($"/admin/golden?kb={Uri.EscapeDataString(name)}") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> AcceptAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = await KnowledgeBaseAsync(context, cancellationToken);
        string[]? ids = form["id"].ToString() is { Length: > 0 } id ? [id] : null;
        var reply = await api.SendAsync<AcceptDraft, CountReply>(HttpMethod.Post, "api/evaluations/questions/accept", new AcceptDraft(name, ids), cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect($"/admin/golden?kb={Uri.EscapeDataString(name)}{(ids is null ? "" : "&draft=true")}") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> PromoteAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var reply = await api.SendAsync<PromoteDraft, GoldenQuestion>(HttpMethod.Post, "api/evaluations/questions/promote", new PromoteDraft(form["message"]), cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect($"/admin/golden/{reply.Value!.Id}") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> DeleteQuestionAsync(string id, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<GoldenQuestion>(HttpMethod.Delete, $"api/evaluations/questions/{Uri.EscapeDataString(id)}", cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect("/admin/golden") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> ImportAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = await KnowledgeBaseAsync(context, cancellationToken);
        if (form.Files.GetFile("file") is not { Length: > 0 } file) return Results.LocalRedirect($"/admin/golden?kb={Uri.EscapeDataString(name)}");
        using var content = new StreamContent(file.OpenReadStream());
        content.Headers.ContentType = new(file.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "text/csv" : "application/jsonl");
        var reply = await api.SendAsync<GoldenImportReply>(HttpMethod.Post, $"api/evaluations/questions/import?knowledgeBase={Uri.EscapeDataString(name)}", content, cancellationToken);
        if (reply.Problem is { Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden }) throw new ApiException(reply.Problem);
        return new RazorComponentResult<GoldenPage>(new Dictionary<string, object?>
        {
            [nameof(GoldenPage.Reply)] = reply.Value,
            [nameof(GoldenPage.Problem)] = reply.Problem,
            [nameof(GoldenPage.Of)] = name,
        });
    }

    private static async Task<string> KnowledgeBaseAsync(HttpContext context, CancellationToken cancellationToken) =>
        (await context.Request.ReadFormAsync(cancellationToken))["kb"].ToString() is { Length: > 0 } name ? name : "default";
}
