using Chatbot.Web.ApiAccess;
using Chatbot.Web.Security;

namespace Chatbot.Web.Conversations;

/// <summary>What the buttons of the pages of conversations do.</summary>
internal static class ConversationActions
{
    public static void MapConversationActions(this WebApplication app) =>
        app.MapPost("/admin/conversations/delete", DeleteAsync).RequireFormToken().ExcludeFromDescription();

    /// <summary>Deletes the conversations that are marked, or all of a visitor.</summary>
    private static async Task<IResult> DeleteAsync(HttpContext context, ApiClient api, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var visitor = form["visitor"].ToString();
        var ids = form["id"].Where(id => !string.IsNullOrEmpty(id)).ToList();
        var query = visitor.Length > 0 ? $"visitor={Uri.EscapeDataString(visitor)}" : $"ids={Uri.EscapeDataString(string.Join(',', ids))}";
        if (visitor.Length > 0 || ids.Count > 0)
        {
            var reply = await api.SendAsync<DeletedConversations>(HttpMethod.Delete, $"api/conversations?{query}", cancellationToken);
            if (reply.Problem is not null) throw new ApiException(reply.Problem);
        }

        var back = form["back"].ToString();
        return Results.LocalRedirect(back.StartsWith("/admin/conversations", StringComparison.Ordinal) ? back : "/admin/conversations");
    }
}
