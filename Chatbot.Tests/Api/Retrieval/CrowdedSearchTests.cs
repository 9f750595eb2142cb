using Xunit;

namespace Chatbot.Tests.Api.Retrieval;

public sealed class CrowdedSearchTests
{
    [Fact]
    public async Task A_notice_that_stands_on_hundreds_of_pages_is_found_once_and_leaves_room_for_others()
    {
        await using var app = await ApiApp.StartAsync();
        for (var i = 0; i < 120; i++)
            await app.AddPageAsync($"archive/{i}", $"Minutes {i}", 
                "The swimming pool and its opening hours are not decided by this council but by the works of the town, so whoever wants to know the opening hours of the swimming pool asks there. Notice "
                + i);
        await app.AddPageAsync("pool", "Bathing", "From May to September everybody may swim from nine until eight, on rainy days the opening of the pool is at noon.");
        await app.SignInAsync();

        var urls = (await app.GetAsync("/api/search?q=opening+hours+of+the+swimming+pool&top=5")).GetProperty("items").EnumerateArray().Select(hit => hit.GetProperty("url").GetString()!).ToList();

        Assert.Single(urls, url => url.Contains("/archive/", StringComparison.Ordinal));
        Assert.Contains("https://town.example/pool", urls);
    }
}
