using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Chatbot.Backends.Embedded;
using Chatbot.Core;
using Chatbot.Core.Documents;
using Chatbot.Core.Jobs;
using Chatbot.Core.Messages;
using Chatbot.Tests.Ingestion.Extracting.Pdf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;
using static Chatbot.Tests.Api.Documents.UploadApp;

namespace Chatbot.Tests.Api.Documents;

public sealed class UploadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_file_is_told_what_became_of_it_and_a_bad_one_loses_none()
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:MaxFileMb"] = "1" });

        var (status, reply) = await app.UploadAsync(
            File("hours.txt", "The pool opens at eight."), File("empty.txt", ""), ("large.txt", new byte[1_100_000]), File("run.exe", "MZ"), File("../up.txt", "no"), File("Öffnung.md", "# Hours"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("default", reply.GetProperty("knowledgeBase").GetString());
        Assert.Equal(
            ["hours.txt accepted", "empty.txt rejected empty", "large.txt rejected tooLarge", "run.exe rejected unsupported", "../up.txt rejected unsafeName", "Öffnung.md accepted"],
            reply.Outcomes());
        var jobs = await app.Services.GetRequiredService<IJobQueue>().TakeAsync(Queues.Documents, 10, Token);
        Assert.Equivalent(new[] { new DocumentChanged(reply.DocumentId(), 1), new DocumentChanged(reply.DocumentId(5), 1) }, jobs.Select(job => job.Job.ToMessage()));
    }

    [Fact]
    public async Task A_file_that_comes_again_is_the_same_document()
    {
        await using var app = await UploadApp.StartAsync();

        var (_, first) = await app.UploadAsync(File("hours.txt", "Open from 8."));
        var (_, same) = await app.UploadAsync(File("hours.txt", "Open from 8."));
        var (_, other) = await app.UploadAsync(File("hours.txt", "Open from 9."));
        var document = await app.DocumentAsync(first.DocumentId());
        await app.SendAsync(HttpMethod.Delete, $"/api/documents/{first.DocumentId()}");
        var (_, back) = await app.UploadAsync(File("hours.txt", "Open from 9."));

        Assert.Equal(["hours.txt accepted", "hours.txt unchanged", "hours.txt replaced", "hours.txt accepted"], new[] { first, same, other, back }.SelectMany(reply => reply.Outcomes()));
        Assert.Equal([first.DocumentId()], new[] { first, same, other, back }.Select(reply => reply.DocumentId()).Distinct());
        Assert.Equal((2, DocumentStatus.Pending, Ids.Hash("Open from 9.")), (document.Version, document.Status, document.BlobHash));
        Assert.Equal(1, (await app.GetAsync("/api/documents?uploaded=true")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await app.GetAsync("/api/documents?uploaded=false")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_file_may_take_the_place_of_another_of_its_kind()
    {
        await using var app = await UploadApp.StartAsync();
        var (_, first) = await app.UploadAsync(("town.zip", Zip.Of(("rules.txt", "Old."))));

        var (_, replaced) = await app.UploadToAsync("/api/documents?as=town.zip/rules.txt", File("new rules.txt", "New."), File("more.txt", "x"));
        var (_, other) = await app.UploadToAsync("/api/documents?as=town.zip/rules.txt", File("rules.pdf", "%PDF-"));

        Assert.Equal(["town.zip/rules.txt replaced", "more.txt rejected duplicate"], replaced.Outcomes());
        Assert.Equal(first.DocumentId(), replaced.DocumentId());
        Assert.Equal("town.zip/rules.txt rejected unsupported", Assert.Single(other.Outcomes()));
    }

    [Fact]
    public async Task Names_are_apart_by_knowledge_base_and_a_form_may_name_it()
    {
        await using var app = await UploadApp.StartAsync();
        await app.SendAsync(HttpMethod.Post, "/api/knowledge-bases", new { name = "tourism", title = "Tourism" });
        using var form = new MultipartFormDataContent { { new StringContent("tourism"), "knowledgeBase" }, { new ByteArrayContent("Open."u8.ToArray()), "files", "hours.txt" } };

        var (_, here) = await app.UploadAsync(File("hours.txt", "Open."));
        var (_, there) = await app.UploadToAsync("/api/documents?knowledgeBase=tourism", File("hours.txt", "Open."));
        using var response = await app.Client.PostAsync(new Uri("/api/documents", UriKind.Relative), form, Token);
        var again = await ApiApp.JsonAsync(response);
        var (unknown, _) = await app.UploadToAsync("/api/documents?knowledgeBase=none", File("hours.txt", "Open."));

        Assert.NotEqual(here.DocumentId(), there.DocumentId());
        Assert.Equal(there.DocumentId(), again.DocumentId());
        Assert.Equal("hours.txt unchanged", Assert.Single(again.Outcomes()));
        Assert.Equal(HttpStatusCode.NotFound, unknown);
    }

    [Fact]
    public async Task An_upload_is_read_searched_cited_and_opened_at_its_page()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);

        var (_, reply) = await app.UploadAsync(File("rules/pool rules.txt", "Pool rules\n\nDogs are not allowed in the outdoor pool. Children under six swim for free."));
        var document = await app.IngestedAsync(reply.DocumentId());
        var answer = await app.AnswerAsync("Are dogs allowed in the outdoor pool?");

        Assert.Equal(DocumentStatus.Indexed, document.Status);
        Assert.Equal($"/api/files/{document.Id}/rules/pool%20rules.txt", document.Url);
        var url = answer.GetProperty("citations")[0].GetProperty("url").GetString()!;
        Assert.StartsWith(document.Url + "#", url, StringComparison.Ordinal);
        using var visitor = new HttpClient { BaseAddress = app.Client.BaseAddress };
        using var opened = await visitor.GetAsync(new Uri(url.Split('#')[0], UriKind.Relative), Token);
        Assert.Equal("attachment; filename=\"pool rules.txt\"; filename*=UTF-8''pool%20rules.txt", opened.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.StartsWith("Pool rules", await opened.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("default-src 'none'; sandbox", opened.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", opened.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task The_same_bytes_under_another_name_are_read_once()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);

        var (_, first) = await app.UploadAsync(File("a.txt", "Dogs are not allowed in the outdoor pool."));
        var (_, second) = await app.UploadAsync(File("folder/b.txt", "Dogs are not allowed in the outdoor pool."));
        var documents = new[] { await app.IngestedAsync(first.DocumentId()), await app.IngestedAsync(second.DocumentId()) };

        Assert.All(documents, document => Assert.Equal(DocumentStatus.Indexed, document.Status));
        Assert.NotEqual(documents[0].Id, documents[1].Id);
        Assert.Equal(1, await app.Services.GetRequiredService<Chatbot.Core.Data.Database>().ReadAsync(
            connection => CountAsync(connection, "SELECT COUNT(*) FROM extractions"), Token));
    }

    [Fact]
    public async Task A_pdf_opens_within_the_browser_in_parts_and_is_not_sent_twice()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        var bytes = new PdfDocument().Text(72, 100, "Swimming lessons cost 80 euros.").Page().ToBytes();
        var (_, reply) = await app.UploadAsync(("prices.pdf", bytes));
        var document = await app.IngestedAsync(reply.DocumentId());

        using var visitor = new HttpClient { BaseAddress = app.Client.BaseAddress };
        using var whole = await visitor.GetAsync(new Uri(document.Url, UriKind.Relative), Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, document.Url) { Headers = { Range = new RangeHeaderValue(0, 4) } };
        using var part = await visitor.SendAsync(request, Token);
        using var again = new HttpRequestMessage(HttpMethod.Get, document.Url) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var unchanged = await visitor.SendAsync(again, Token);

        var answer = await app.AnswerAsync("How much do swimming lessons cost?");
        Assert.Equal(document.Url + "#page=1", answer.GetProperty("citations")[0].GetProperty("url").GetString());
        Assert.Equal("inline; filename=prices.pdf; filename*=UTF-8''prices.pdf", whole.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("application/pdf", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("%PDF-", await part.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("true", HttpStatusCode.OK)]
    [InlineData("false", HttpStatusCode.NotFound)]
    public async Task Visitors_open_what_answers_may_cite_unless_that_is_switched_off(string isPublic, HttpStatusCode expected)
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:PublicFiles"] = isPublic });
        using var visitor = new HttpClient { BaseAddress = app.Client.BaseAddress };
        var (_, reply) = await app.UploadAsync(File("hours.txt", "Open from 8."));
        var document = await app.DocumentAsync(reply.DocumentId());
        var before = await StatusAsync(visitor, document.Url);
        await app.Services.GetRequiredService<Chatbot.Backends.Documents.DocumentStore>().MarkIndexedAsync(document.Id, 1, null, null, 1, Token);

        var (indexed, ofAdmin) = (await StatusAsync(visitor, document.Url), await StatusAsync(app.Client, document.Url));
        await app.SendAsync(HttpMethod.Delete, $"/api/documents/{document.Id}");

        Assert.Equal((HttpStatusCode.NotFound, expected, HttpStatusCode.OK), (before, indexed, ofAdmin));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app.Client, document.Url));
    }

    [Fact]
    public async Task A_page_of_a_site_is_no_file()
    {
        await using var app = await UploadApp.StartAsync();
        var id = await app.AddPageAsync("hours", "Hours", "Open from 8.");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app.Client, $"/api/files/{id}/hours"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app.Client, "/api/files/none/hours"));
    }

    [Fact]
    public async Task What_is_no_form_holds_no_file_or_is_too_large_is_a_problem()
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:MaxFileMb"] = "1", ["Uploads:MaxRequestMb"] = "1" });
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var broken = new StringContent("--x\r\nContent-Disposition: form-data; name=f; filename=a.txt\r\n\r\nOpen", Encoding.UTF8);
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var noForm = await app.Client.PostAsync(new Uri("/api/documents", UriKind.Relative), json, Token);
        // A browser's field without a file.
        using var nothing = new StringContent("--x\r\nContent-Disposition: form-data; name=files; filename=\"\"\r\n\r\n\r\n--x--\r\n", Encoding.UTF8);
        nothing.Headers.ContentType = broken.Headers.ContentType;
        using var none = await app.Client.PostAsync(new Uri("/api/documents", UriKind.Relative), nothing, Token);
        var problem = await ApiApp.JsonAsync(none);
        var (large, _) = await app.UploadAsync(("a.txt", new byte[2 << 20]));
        using var cut = await app.Client.PostAsync(new Uri("/api/documents", UriKind.Relative), broken, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, noForm.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty("files")[0].GetString()!);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large);
        Assert.Equal(HttpStatusCode.BadRequest, cut.StatusCode);
    }

    [Fact]
    public async Task Files_before_the_one_that_exceeds_a_request_without_a_stated_length_are_taken()
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:MaxFileMb"] = "3", ["Uploads:MaxRequestMb"] = "3" });
        using var form = new MultipartFormDataContent { { new ByteArrayContent("Open."u8.ToArray()), "files", "a.txt" }, { new ByteArrayContent(new byte[6 << 20]), "files", "b.txt" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/documents") { Content = form };
        request.Headers.TransferEncodingChunked = true;

        using var response = await app.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["a.txt accepted", "b.txt rejected tooLarge"], (await ApiApp.JsonAsync(response)).Outcomes());
    }

    [Fact]
    public async Task More_files_than_the_limit_are_rejected_one_by_one()
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:MaxFiles"] = "2" });

        var (_, reply) = await app.UploadAsync(File("a.txt", "a"), File("b.txt", "b"), File("c.txt", "c"));

        Assert.Equal(["a.txt accepted", "b.txt accepted", "c.txt rejected tooMany"], reply.Outcomes());
    }

    [Fact]
    public async Task Nothing_that_came_in_is_left_beside_the_blobs()
    {
        await using var app = await UploadApp.StartAsync();

        await app.UploadAsync(File("a.txt", "a"), ("b.zip", Zip.Of(("c.txt", "c"), ("../d.txt", "d"))), ("bad.zip", [1, 2, 3]));

        var data = app.Services.GetRequiredService<IOptions<DataOptions>>().Value.Directory;
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(data, "uploads"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_could_not_be_read_is_tried_again_when_it_comes_again()
    {
        await using var app = await UploadApp.StartAsync();
        var (_, first) = await app.UploadAsync(File("hours.pdf", "no PDF"));
        await app.Services.GetRequiredService<Chatbot.Backends.Documents.DocumentStore>().MarkFailedAsync(first.DocumentId(), 1, "It is damaged.", Token);

        var (_, again) = await app.UploadAsync(File("hours.pdf", "no PDF"));

        Assert.Equal("hours.pdf replaced", Assert.Single(again.Outcomes()));
        Assert.Equal((2, DocumentStatus.Pending), ((await app.DocumentAsync(first.DocumentId())).Version, (await app.DocumentAsync(first.DocumentId())).Status));
    }

    private static async Task<int> CountAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(await command.ExecuteScalarAsync(Token), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return response.StatusCode;
    }
}
