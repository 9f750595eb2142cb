using System.Net;
using Xunit;

namespace Chatbot.Tests.Api.Users;

public sealed class UserTests
{
    [Fact]
    public async Task An_administrator_adds_and_shuts_out_others_but_not_himself()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var own = (await app.GetAsync("/api/users")).GetProperty("items")[0].GetProperty("id").GetString();

        var (created, user) = await app.SendAsync(HttpMethod.Post, "/api/users", new { name = " Ada ", password = "a long enough one" });
        var path = $"/api/users/{user.GetProperty("id").GetString()}";
        var statuses = new List<HttpStatusCode>();
        foreach (var (method, where, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Post, "/api/users", new { name = "ADA", password = "another long one" }),
            (HttpMethod.Post, "/api/users", new { name = "bob", password = "short" }),
            (HttpMethod.Patch, path, new { isDisabled = true }),
            (HttpMethod.Delete, path + "/sessions", null),
            (HttpMethod.Delete, path, null),
            (HttpMethod.Delete, path, null),
            (HttpMethod.Patch, $"/api/users/{own}", new { isAdmin = false }),
            (HttpMethod.Delete, $"/api/users/{own}", null),
        })
            statuses.Add((await app.SendAsync(method, where, body)).Status);

        Assert.Equal((HttpStatusCode.Created, "ada", true), (created, user.GetProperty("name").GetString(), user.GetProperty("isAdmin").GetBoolean()));
        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.Conflict, HttpStatusCode.Conflict],
            statuses);
    }

    [Fact]
    public async Task Who_sets_his_own_password_stays_signed_in_where_he_did()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var own = (await app.GetAsync("/api/users")).GetProperty("items")[0].GetProperty("id").GetString();

        var (changed, _) = await app.SendAsync(HttpMethod.Patch, $"/api/users/{own}", new { password = "battery staple" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (changed, (await app.SendAsync(HttpMethod.Get, "/api/stats")).Status));
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.SendAsync(HttpMethod.Post, "/api/session", new { name = "admin", password = "correct horse" })).Status);
    }
}
