using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;

namespace Chatbot.Web.KnowledgeBases;

/// <summary>What the buttons of the pages of knowledge bases do.</summary>
internal static class KnowledgeBaseActions
{
    public static void MapKnowledgeBaseActions(this WebApplication app) => app.MapGroup("/admin/knowledge-bases").RequireFormToken().ExcludeFromDescription()
        .MapPost("/{name}/delete", DeleteAsync);

    private static async Task<IResult> DeleteAsync(string name, ApiClient api, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync<KnowledgeBaseDetails>(HttpMethod.Delete, $"api/knowledge-bases/{Uri.EscapeDataString(name)}", cancellationToken);
        return reply.Problem is null ? Results.LocalRedirect("/admin/knowledge-bases") : throw new ApiException(reply.Problem);
    }
}
