using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Api.Retrieval;

public sealed class PassagesTests
{
    [Fact]
    public async Task A_passage_shows_what_stands_around_the_words_that_were_found()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        await app.AddPageAsync("lost", "Lost property", "Whoever misses something rings the bell.", "Umbrellas are kept for a year.", "They are handed out at the second window.", "The cellar is closed.");

        var found = await app.GetAsync("/api/search?q=umbrellas");

        var text = Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("text").GetString()!;
        Assert.Matches("^Whoever misses something rings the bell\\.\\s+Umbrellas are kept for a year\\.\\s+They are handed out at the second window\\.", text);
    }

    [Fact]
    public async Task What_one_page_says_of_the_question_comes_together_and_leaves_room_for_other_pages()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        // Each so long that both do not fit beside the rest.
        var boats = string.Join(' ', Enumerable.Range(0, 25).Select(i => $"Boat number {i} is moored beside the old mill."));
        var dogs = string.Join(' ', Enumerable.Range(0, 25).Select(i => $"Dog number {i} stays outside of the town hall."));
        await app.AddPageAsync("permits", "Fishing", "A fishing permit costs nine crowns.", boats, dogs, "Fishing without a permit is fined.");
        await app.AddPageAsync("lake", "The lake", "Fishing in the lake needs a permit of the mayor.");

        var found = await app.GetAsync("/api/search?q=fishing+permit&top=2");

        var texts = found.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()!).ToList();
        var together = Assert.Single(texts, text => text.Contains("nine crowns", StringComparison.Ordinal));
        Assert.Contains("…", together, StringComparison.Ordinal);
        Assert.Contains("is fined", together, StringComparison.Ordinal);
        Assert.Single(texts, text => text.Contains("permit of the mayor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_the_best_passages_other_pages_have_their_turn()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        // Too long to stand together.
        await app.AddPageAsync("rules", "Fishing permits", [.. Enumerable.Range(0, 9).Select(i => $"Fishing permit {i}: " + string.Join(' ', Enumerable.Range(0, 22).Select(j => $"a fishing permit of kind {i} is for water {j}.")))]);
        foreach (var lake in new[] { "north", "south", "west" })
            await app.AddPageAsync(lake, $"The {lake} lake", $"At the {lake} lake ducks are fed at noon, boats leave at two, and somebody asks to see the permit now and then.");

        var found = await app.GetAsync("/api/search?q=fishing+permit&top=8");

        var pages = found.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("url").GetString()!).ToList();
        Assert.Equal(8, pages.Count);
        Assert.EndsWith("/rules", pages[0], StringComparison.Ordinal);
        Assert.Equal(4, pages.Distinct().Count());
    }

    [Fact]
    public async Task A_passage_stays_readable_in_length()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SignInAsync();
        var filler = string.Join(' ', Enumerable.Range(0, 12).Select(i => $"Sentence number {i} of this page says hardly anything at all about it."));
        await app.AddPageAsync("long", "Long", filler, $"The comet is seen in June. {filler}", filler);

        var found = await app.GetAsync("/api/search?q=comet");

        var text = Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("text").GetString()!;
        Assert.InRange(text.Length, 900, 1_600);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
        Assert.StartsWith("Sentence number", text, StringComparison.Ordinal);
    }
}
