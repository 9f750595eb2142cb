using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chatbot.Web.Documents;

/// <summary>What the forms of the document pages do.</summary>
internal static class DocumentActions
{
    public static void MapDocumentActions(this WebApplication app)
    {
        var documents = app.MapGroup("/admin/documents").ExcludeFromDescription();
        documents.MapPost("/uploads", UploadAsync).WithMetadata(AnySize.Instance, PageMark.Instance);
        documents.MapPost("/{id}/delete", DeleteAsync).RequireFormToken();
        documents.MapPost("/{id}/retry", RetryAsync).RequireFormToken();
    }

    private static async Task<IResult> RetryAsync(string id, ApiClient api, CancellationToken cancellationToken)
    {
        var path = Uri.EscapeDataString(id);
        var reply = await api.SendAsync<Document>(HttpMethod.Post, $"api/documents/{path}/retry", cancellationToken);
        // Somebody else was faster: what the page shows is what there is.
        return reply.Problem is null or { Status: StatusCodes.Status409Conflict } ? Results.LocalRedirect($"/admin/documents/{path}") : throw new ApiException(reply.Problem);
    }

    private static async Task<IResult> DeleteAsync(string id, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<Document>(HttpMethod.Delete, $"api/documents/{Uri.EscapeDataString(id)}", cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect("/admin/documents") : throw new ApiException(reply.Problem);
    }

    // The files go on to the API as they come. A token within the form could only be read with all of them; the API looks at
    // Origin and Sec-Fetch-Site instead, which go along and which no other site's page can set.
    private static async Task<RazorComponentResult<UploadPage>> UploadAsync(
        HttpContext context, IHttpClientFactory clients, ApiAddress address, CancellationToken cancellationToken)
    {
        using var request = ApiForwarding.Copy(context, address.Base, "api/documents" + context.Request.QueryString);
        // A request that is too large is refused before it is sent.
        request.Headers.ExpectContinue = true;
        using var client = clients.CreateClient(ApiForwarding.ClientName);
        using var response = await client.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
            return Page(await response.Content.ReadFromJsonAsync(WebJson.Default.UploadReply, cancellationToken), null);
        var problem = await ApiClient.ReadProblemAsync(response, cancellationToken);
        return problem.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden ? throw new ApiException(problem) : Page(null, problem);
    }

    private static RazorComponentResult<UploadPage> Page(UploadReply? reply, ApiProblem? problem) =>
        new(new Dictionary<string, object?> { [nameof(UploadPage.Reply)] = reply, [nameof(UploadPage.Problem)] = problem });
}
