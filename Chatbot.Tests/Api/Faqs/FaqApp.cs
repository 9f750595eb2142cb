using System.Net;
using System.Text;
using System.Text.Json;
using Chatbot.Core.Documents;
using Chatbot.Tests.Api.Documents;
using Xunit;

namespace Chatbot.Tests.Api.Faqs;

/// <summary>Questions and answers at the real API.</summary>
internal static class FaqApp
{
    /// <summary>Adds an entry and waits until it is found.</summary>
    public static async Task<string> AddFaqAsync(this ApiApp app, object entry)
    {
        var (status, reply) = await app.SendAsync(HttpMethod.Post, "/api/faqs", entry);
        Assert.Equal(HttpStatusCode.Created, status);
        var id = reply.GetProperty("id").GetString()!;
        Assert.Equal(DocumentStatus.Indexed, (await app.IngestedAsync(id)).Status);
        return id;
    }

    public static async Task<JsonElement> ImportAsync(this ApiApp app, string query, string file, string type = "text/csv")
    {
        using var content = new StringContent(file, Encoding.UTF8, type);
        using var response = await app.Client.PostAsync(new Uri($"/api/faqs/import{query}", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ApiApp.JsonAsync(response);
    }
}
