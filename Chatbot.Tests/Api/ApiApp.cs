using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chatbot.Api;
using Chatbot.Api.Users;
using Chatbot.Backends;
using Chatbot.Backends.Data;
using Chatbot.Backends.Documents;
using Chatbot.Backends.Embedded.Encoder;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Backends.Users;
using Chatbot.Core;
using Chatbot.Core.Chunks;
using Chatbot.Core.Data;
using Chatbot.Core.Extractions;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chatbot.Tests.Api;

/// <summary>The real API on a free port of 127.0.0.1, with a data directory and an index of its own.</summary>
internal sealed class ApiApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _directory;
    private readonly CookieContainer _cookies = new();

    // One for all: loading it takes a quarter of a second, and it is safe for concurrent use.
    private static readonly LocalEmbeddingGenerator s_model = new();

    private static readonly Lazy<string> s_passwordHash = new(() => new PasswordHasher<UserStore>().HashPassword(null!, Password));

    private const string Password = "correct horse";

    private ApiApp(WebApplication app, string directory)
    {
        _app = app;
        _directory = directory;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = new Uri(app.Urls.First()), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Keeps cookies, follows no redirects.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Of pages that are added.</summary>
    public string PageLanguage { get; set; } = "en";

    public static async Task<ApiApp> StartAsync(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, Action<IHostApplicationBuilder>? setup = null)
    {
        var directory = Directory.CreateTempSubdirectory("chatbot-api-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration["Data:Directory"] = directory;
        builder.Configuration["CHATBOT_DATA"] = directory;
        // The machine's own variables must not give the test a model.
        builder.Configuration["OPENAI_API_KEY"] = "";
        builder.Configuration["OPENAI_BASE_URL"] = "";
        foreach (var (key, value) in Unhurried.Settings.Concat(settings ?? []))
            builder.Configuration[key] = value;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddBackends();
        builder.AddApi();
        builder.Services.AddSingleton(s_model);
        services?.Invoke(builder.Services);
        setup?.Invoke(builder);

        var app = builder.Build();
        await app.InitializeBackendsAsync(TestContext.Current.CancellationToken);
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        app.MapApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ApiApp(app, directory);
    }

    /// <summary>Puts a page into the default knowledge base and the index; each text is a chunk.</summary>
    public Task<string> AddPageAsync(string path, string title, params string[] texts) => AddPageAsync(path, title, texts, []);

    /// <param name="links">On words of the first text.</param>
    public async Task<string> AddPageAsync(string path, string title, string[] texts, params (string Words, string Url)[] links)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var url = $"https://town.example/{path}";
        var knowledgeBase = (await Services.GetRequiredService<KnowledgeBaseStore>().FindAsync(KnowledgeBase.DefaultName, cancellationToken))!;
        var documents = Services.GetRequiredService<DocumentStore>();
        var document = await Services.GetRequiredService<Database>().WriteAsync(
            transaction => documents.RecordAsync(
                transaction,
                new DocumentSeen { KnowledgeBaseId = knowledgeBase.Id, Url = url, Title = title, Language = PageLanguage, BlobHash = Ids.Hash(url), ContentHash = Ids.Hash(string.Join('\n', texts)) },
                cancellationToken),
            cancellationToken);
        var chunks = texts.Select((text, place) => new Chunk
        {
            Id = Ids.Derive(document.Id, text), DocumentId = document.Id, Version = document.Version, Ordinal = place, Text = text, Url = url, Title = title, Language = PageLanguage,
            Links = place > 0 ? [] : [.. links.Select(link => new TextLink(text.IndexOf(link.Words, StringComparison.Ordinal), link.Words.Length, link.Url))],
        }).ToList();
        await Services.GetRequiredService<IChunkIndex>().ReplaceAsync(knowledgeBase.Id, document.Id, document.Version, chunks, cancellationToken);
        await documents.MarkIndexedAsync(document.Id, document.Version, title, PageLanguage, chunks.Count, cancellationToken);
        return document.Id;
    }

    /// <summary>A small town: what most tests ask about.</summary>
    public async Task AddTownAsync()
    {
        await AddPageAsync("hours", "Opening hours", "The town hall is open on weekdays from 8 to 12 o'clock. On Saturdays it is closed. The library opens at ten.");
        await AddPageAsync("passport", "Passport", "A new passport costs 60 euros. Bring your old passport and a photograph. The passport is valid for ten years.");
        await AddPageAsync("waste", "Waste collection", "Paper bins are emptied every second Tuesday. Glass goes into the containers at the market square.");
        await AddPageAsync("pool", "Swimming pool", "Prices\nDay ticket | 4 euros\nChildren under 6 | free\nThe outdoor pool opens in May.");
    }

    public Task<HttpResponseMessage> AskAsync(object request) => Client.PostAsJsonAsync("/api/chat", request, TestContext.Current.CancellationToken);

    /// <summary>Asks without streaming.</summary>
    public async Task<JsonElement> AnswerAsync(string question, string? conversationId = null, object? options = null)
    {
        using var response = await AskAsync(new { question, conversationId, stream = false, options });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await JsonAsync(response);
    }

    /// <summary>Makes an administrator and signs the client in: as <c>POST /api/session</c> does, which takes two hashes of a password, half a second, and is tested by itself.</summary>
    public async Task SignInAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var id = Ids.New();
        await Services.GetRequiredService<Database>().WriteAsync(
            transaction => transaction.RunAsync(
                "INSERT INTO users (id, name, password_hash, is_admin, created_at, stamp) VALUES (@id, 'admin', @hash, 1, 0, @id)", new { id, hash = s_passwordHash.Value }, cancellationToken),
            cancellationToken);
        var user = await Services.GetRequiredService<UserStore>().FindAsync(id, cancellationToken);
        await using var scope = Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, SessionStamp.PrincipalOf(user!), new AuthenticationProperties { IsPersistent = true });
        _cookies.SetCookies(Client.BaseAddress!, context.Response.Headers.SetCookie.ToString());
        Client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await JsonAsync(response);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await JsonAsync(response));
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
