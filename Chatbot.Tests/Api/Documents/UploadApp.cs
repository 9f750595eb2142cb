using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Chatbot.Backends.Documents;
using Chatbot.Core.Documents;
using Chatbot.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chatbot.Tests.Api.Documents;

/// <summary>Uploads to the real API.</summary>
internal static class UploadApp
{
    /// <summary>An API with an administrator signed in.</summary>
    public static async Task<ApiApp> StartAsync(Dictionary<string, string?>? settings = null, bool ingesting = false)
    {
        var app = await ApiApp.StartAsync(settings, setup: ingesting ? builder => builder.AddIngestion() : null);
        await app.SignInAsync();
        return app;
    }

    public static (string Name, byte[] Content) File(string name, string text) => (name, Encoding.UTF8.GetBytes(text));

    /// <summary>Uploads files in one request.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(this ApiApp app, params (string Name, byte[] Content)[] files) =>
        app.UploadToAsync("/api/documents", files);

    public static async Task<(HttpStatusCode Status, JsonElement Body)> UploadToAsync(this ApiApp app, string path, params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "files", FileName = $"\"{Ascii(name)}\"", FileNameStar = name };
            form.Add(part);
        }

        using var response = await app.Client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return (response.StatusCode, await ApiApp.JsonAsync(response));
    }

    /// <summary>Name, outcome and reason of each file.</summary>
    public static List<string> Outcomes(this JsonElement reply) => [.. reply.GetProperty("files").EnumerateArray().Select(file =>
        string.Join(' ', new[] { "name", "outcome", "reason" }.Select(key => file.TryGetProperty(key, out var value) ? value.GetString() : null).OfType<string>()))];

    public static string DocumentId(this JsonElement reply, int place = 0) => reply.GetProperty("files")[place].GetProperty("documentId").GetString()!;

    public static async Task<Document> DocumentAsync(this ApiApp app, string id) =>
        (await app.Services.GetRequiredService<DocumentStore>().FindAsync(id, TestContext.Current.CancellationToken))!;

    /// <summary>Waits until ingestion is through with a document.</summary>
    public static async Task<Document> IngestedAsync(this ApiApp app, string id)
    {
        while (true)
        {
            if (await app.DocumentAsync(id) is { Status: not DocumentStatus.Pending } document) return document;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static string Ascii(string name) => string.Concat(name.Select(letter => char.IsAscii(letter) && !char.IsControl(letter) && letter != '"' && letter != '\\' ? letter : '_'));
}
