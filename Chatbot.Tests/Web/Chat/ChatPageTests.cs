using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chatbot.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Chat;

[Collection(PagesCollection.Name)]
public sealed partial class ChatPageTests(WholeServer server, BrowserFixture browser)
{
    private const string Question = "How much is the penalty when I register my address too late?", Unanswered = "How do I vote by post in the next council election?";

    [Fact]
    public async Task A_question_is_answered_and_its_citation_opens_the_page_at_the_words()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");

        await visit.AskAsync(Question);

        var answer = visit.Page.Locator(".answer");
        await Expect(answer.Locator(".answer-text")).ToContainTextAsync("25 euros");
        await Expect(answer.Locator(".cite").First).ToBeVisibleAsync();
        var card = answer.Locator(".source a").Filter(new() { HasText = "/en/registering-your-address.html" }).First;
        await Expect(card).ToHaveAttributeAsync("href", TextFragment());
        var opened = await visit.Page.Context.RunAndWaitForPageAsync(() => card.ClickAsync());
        await Expect(opened).ToHaveURLAsync(new Regex("/en/registering-your-address\\.html"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Words_that_the_source_links_are_links_in_the_answer_with_and_without_scripts()
    {
        const string Asked = "Which tickets and map do new residents receive?";
        await using var visit = await browser.OpenAsync(server.Address);
        await using var plain = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        await visit.Page.GotoAsync("/");

        await visit.AskAsync(Asked);
        await plain.Page.GotoAsync($"/?q={Uri.EscapeDataString(Asked)}");

        foreach (var page in new[] { visit.Page, plain.Page })
        {
            var link = page.Locator(".answer-text a.quoted-link", new() { HasText = "lake pool" }).First;
            await Expect(link).ToHaveAttributeAsync("href", new Regex("^http://127\\.0\\.0\\.1:\\d+/en/lake-pool\\.html$"));
            await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
        }

        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_chip_shows_its_source_to_the_keyboard_and_closes_with_escape()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");
        await visit.AskAsync(Question);
        var chip = visit.Page.Locator(".cite").First;

        await chip.PressAsync("Enter");
        await Expect(visit.Page.Locator(".peek")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");

        await Expect(visit.Page.Locator(".peek")).ToHaveCountAsync(0);
        await Expect(chip).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_conversation_goes_on_after_a_reload_until_it_is_deleted()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");
        await visit.AskAsync(Question);
        await visit.AskAsync(Unanswered);
        await Expect(visit.Page.Locator(".topics a").First).ToBeVisibleAsync();

        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator(".answer-text").First).ToContainTextAsync("25 euros");
        await Expect(visit.Page.Locator(".source a").First).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".topics a").First).ToBeVisibleAsync();
        var kept = (await server.Admin.GetFromJsonAsync<JsonElement>($"api/conversations?text={Uri.EscapeDataString(Unanswered)}", TestContext.Current.CancellationToken)).GetProperty("items")[0];
        Assert.Contains("class=\"topics", await server.Admin.GetStringAsync($"admin/conversations/{kept.GetProperty("id").GetString()}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await visit.Page.ClickAsync("#forget");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("#welcome")).ToBeVisibleAsync();
        await visit.Page.ReloadAsync();

        await Expect(visit.Page.Locator("#welcome")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".turn")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_answer_whose_connection_breaks_is_read_on_where_it_was()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.RouteAsync("**/api/chat", async route =>
        {
            var whole = await route.FetchAsync();
            var events = (await whole.TextAsync()).Split("\n\n");
            // The first two come, then nothing more.
            await route.FulfillAsync(new() { Response = whole, Body = string.Join("\n\n", [.. events.Take(2), ""]) });
        });
        await visit.Page.GotoAsync("/");

        var readingOn = visit.Page.WaitForRequestAsync("**/api/chat/streams/*");
        await visit.AskAsync(Question);

        Assert.Equal("2", (await (await readingOn).AllHeadersAsync())["last-event-id"]);
        // Once, and with what came after the break.
        await Expect(visit.Page.Locator(".answer-text")).ToHaveTextAsync(new Regex("^(?!.*25 euros.*25 euros).*25 euros", RegexOptions.Singleline));
        await Expect(visit.Page.Locator(".source a").First).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Questions_are_suggested_while_one_is_typed_and_chosen_by_keyboard()
    {
        await server.PostAsync("api/faqs", new { question = "How tall is the water tower?", answer = "It is 31 metres tall." }, TestContext.Current.CancellationToken);
        // What another test's page asked for a moment ago may still be taken for all there is, and a page asks once.
        while (!(await server.Admin.GetStringAsync(new Uri("api/suggestions?q=watr+tow", UriKind.Relative), TestContext.Current.CancellationToken)).Contains("water tower", StringComparison.Ordinal))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");
        var box = visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Your question" });

        await box.PressSequentiallyAsync("watr tow");
        var option = visit.Page.GetByRole(AriaRole.Option, new() { Name = "How tall is the water tower?" });
        await Expect(option).ToBeVisibleAsync();
        await box.PressAsync("Escape");
        await Expect(option).ToHaveCountAsync(0);
        await box.PressSequentiallyAsync("e");
        await Expect(option).ToBeVisibleAsync();
        await box.PressAsync("ArrowDown");
        await Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await box.PressAsync("Enter");

        await Expect(visit.Page.Locator(".answer-text")).ToContainTextAsync("31 metres");
        await Expect(visit.Page.Locator(".question")).ToHaveTextAsync("How tall is the water tower?");
        await Expect(box).ToHaveValueAsync("");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_card_shows_the_cited_words_and_a_tap_beside_it_closes_it()
    {
        await using var visit = await browser.OpenAsync(server.Address, options =>
        {
            options.ViewportSize = new() { Width = 390, Height = 844 };
            options.HasTouch = true;
        });
        await visit.Page.GotoAsync("/");
        await visit.AskAsync(Question);

        await visit.Page.Locator(".cite").First.TapAsync();
        await Expect(visit.Page.Locator(".peek mark")).Not.ToBeEmptyAsync();
        await Expect(visit.Page.Locator(".peek")).ToBeInViewportAsync(new() { Ratio = 0.99f });
        await visit.Page.Locator(".question").First.TapAsync();

        await Expect(visit.Page.Locator(".peek")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_a_visitor_thinks_of_an_answer_is_kept()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");
        await visit.AskAsync("What does a library card cost?");
        var comment = $"Thanks from {Chatbot.Core.Ids.New()}";

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Helpful", Exact = true }).ClickAsync();
        await visit.Page.FillAsync(".comment textarea", comment);
        await visit.Page.ClickAsync(".comment button");

        await Expect(visit.Page.Locator(".comment")).ToHaveCountAsync(0);
        Assert.Contains(comment, await server.Admin.GetStringAsync(new Uri("api/feedback", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_visitor_corrects_an_answer_and_an_editor_publishes_the_correction()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");
        var question = $"What does library card {Chatbot.Core.Ids.New()[^6..]} cost?";
        await visit.AskAsync(question);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Not helpful" }).ClickAsync();
        await visit.Page.GetByLabel("Outdated").CheckAsync();
        await visit.Page.GetByLabel("What would be right? (optional)").FillAsync("Library cards are free since May.");
        await visit.Page.ClickAsync(".comment button");
        await Expect(visit.Page.Locator(".comment")).ToHaveCountAsync(0);

        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/feedback?helpful=false&reason=outdated");
        var card = visit.Page.Locator(".feedback", new() { HasText = question });
        await Expect(card.Locator(".badge", new() { HasText = "Outdated" })).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Publish the correction" }).ClickAsync();

        await Expect(visit.Page.Locator("#Question")).ToHaveValueAsync(question);
        await Expect(visit.Page.Locator("#Answer")).ToHaveValueAsync("Library cards are free since May.");
        await visit.Page.Locator("section a", new() { HasText = question }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Question with answer" })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_follow_up_and_its_answer_come_into_view()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.ViewportSize = new() { Width = 390, Height = 700 });
        await visit.Page.GotoAsync("/");
        await visit.AskAsync(Question);

        await visit.AskAsync("When is the lake pool open?");

        await Expect(visit.Page.Locator(".question").Last).ToBeInViewportAsync();
        await Expect(visit.Page.Locator(".answer-text").Last).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_new_conversation_starts_empty()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");
        await visit.AskAsync(Question);

        await visit.Page.ClickAsync("#new");

        await Expect(visit.Page.Locator(".turn")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#welcome")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_server_that_went_away_is_told_and_can_be_asked_again()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");
        await visit.Page.RouteAsync("**/api/chat", route => route.AbortAsync());
        await visit.Page.FillAsync("#question", Question);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".answer.failed")).ToContainTextAsync("cannot be reached");

        await visit.Page.UnrouteAsync("**/api/chat");
        await visit.Page.ClickAsync(".answer.failed button");

        await Expect(visit.Page.Locator(".tools")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".turn")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Stop_ends_an_answer_that_takes_long()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.Page.GotoAsync("/");
        // Never answered: the route is left open until the visitor gives up.
        await visit.Page.RouteAsync("**/api/chat", _ => { });
        await visit.Page.FillAsync("#question", Question);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".thinking")).ToBeVisibleAsync();

        await visit.Page.ClickAsync("#stop");

        await Expect(visit.Page.Locator(".answer .notice")).ToHaveTextAsync("Stopped.");
        await Expect(visit.Page.Locator("#send")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_a_plain_form_asks_and_the_server_answers()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = false);
        await visit.Page.GotoAsync("/");

        await visit.Page.FillAsync("#question", Question);
        await visit.Page.ClickAsync("#send");

        await Expect(visit.Page.Locator(".answer-text")).ToContainTextAsync("25 euros");
        await Expect(visit.Page.Locator(".source a").First).ToHaveAttributeAsync("href", new Regex("^http"));
        await Expect(visit.Page.Locator("input[name=conversation]")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Words_of_a_page_are_never_taken_for_markup(bool scripts)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var name = $"hostile-{scripts}".ToLowerInvariant();
        await server.PostAsync("api/knowledge-bases", new { name, title = "<img src=x onerror=alert(1)>", settings = new { greeting = "<script>alert(1)</script>" } }, cancellationToken);
        await server.CrawlAsync(name, "Hostile", new Uri(server.SampleTown, "/hostile/"), cancellationToken);
        await using var visit = await browser.OpenAsync(server.Address, options => options.JavaScriptEnabled = scripts);

        await visit.Page.GotoAsync($"/?kb={name}&q=What does the zebra licence cost?");

        await Expect(visit.Page.Locator(".answer-text")).ToContainTextAsync("forty euros");
        await Expect(visit.Page.Locator(".log img, .log script, .answer-text a:not(.cite)")).ToHaveCountAsync(0);
        Assert.DoesNotContain(HostilePage.Mark, await visit.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_it_is_chosen()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.ColorScheme = ColorScheme.Dark);
        await visit.Page.GotoAsync("/");
        var dark = await BackgroundAsync(visit.Page);

        await visit.Page.ClickAsync("[data-theme-to=light]");
        var light = await BackgroundAsync(visit.Page);
        await visit.Page.ReloadAsync();

        Assert.NotEqual(dark, light);
        Assert.Equal(light, await BackgroundAsync(visit.Page));
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }

    [Fact]
    public async Task A_phone_shows_an_answer_without_scrolling_sideways()
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.ViewportSize = new() { Width = 390, Height = 844 });
        await visit.Page.GotoAsync("/");
        Assert.Equal(0, await visit.OverflowAsync());

        await visit.AskAsync(Question);

        Assert.Equal(0, await visit.OverflowAsync());
    }

    [Fact]
    public async Task A_wide_table_scrolls_within_the_answer_and_breaks_no_word()
    {
        const string Prices = "Ticket | Pensioners | Children | Concessions\nSwimming pool | 6.50 euros | 3.50 euros | Apprentices, students\nRowing boats | 12 euros | free | Schoolchildren";
        await server.PostAsync("api/knowledge-bases", new { name = "tables", title = "Tables" }, TestContext.Current.CancellationToken);
        await server.PostAsync("api/faqs", new { knowledgeBase = "tables", question = "What does it cost?", answer = Prices }, TestContext.Current.CancellationToken);
        await using var visit = await browser.OpenAsync(server.Address, options => options.ViewportSize = new() { Width = 360, Height = 640 });
        await visit.Page.GotoAsync("/?kb=tables");

        await visit.AskAsync("What does it cost?");

        var broken = await visit.Page.Locator(".answer-text table").EvaluateAsync<string[]>(
            """
            table => [...table.querySelectorAll("td")].flatMap(cell => [...cell.firstChild.data.matchAll(/\S+/g)].filter(word => {
              const range = document.createRange();
              range.setStart(cell.firstChild, word.index);
              range.setEnd(cell.firstChild, word.index + word[0].length);
              return range.getClientRects().length > 1;
            }).map(word => word[0]))
            """);
        Assert.Empty(broken);
        Assert.True(await visit.Page.Locator(".table-scroll").EvaluateAsync<bool>("area => area.scrollWidth > area.clientWidth"));
        Assert.Equal(0, await visit.OverflowAsync());
    }

    [Theory]
    [InlineData("de", "Stellen Sie eine Frage …")]
    [InlineData("fr", "Posez une question…")]
    [InlineData("zh", "请输入问题……")]
    public async Task The_page_speaks_the_visitors_language(string language, string placeholder)
    {
        await using var visit = await browser.OpenAsync(server.Address, options => options.Locale = language);

        await visit.Page.GotoAsync("/");

        await Expect(visit.Page.Locator("#question")).ToHaveAttributeAsync("placeholder", placeholder);
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
    }

    [Fact]
    public async Task The_widget_opens_the_chat_in_a_frame_and_escape_closes_it()
    {
        await using var visit = await browser.OpenAsync(server.Address);
        // A page of the same origin: whom a knowledge base allows besides is up to its owner.
        await visit.Page.RouteAsync("**/host.html", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = "<!DOCTYPE html><html lang=de><body><h1>Host</h1><script src=/widget.js data-kb=default async></script></body></html>",
        }));
        await visit.Page.GotoAsync("/host.html");

        // Its shadow tree is closed, so that the host's scripts cannot reach in; the keyboard can.
        await Expect(visit.Page.Locator("[data-chatbot-widget]")).ToHaveCountAsync(1);
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        var frame = await WaitForFrameAsync(visit.Page);

        await Expect(frame.Locator("#question")).ToHaveAttributeAsync("placeholder", "Stellen Sie eine Frage …");
        await frame.Locator("#question").FillAsync("Wie hoch ist das Verwarnungsgeld bei verspäteter Anmeldung?");
        await frame.Locator("#question").PressAsync("Enter");
        await Expect(frame.Locator(".tools")).ToBeVisibleAsync();
        await frame.Locator("#question").PressAsync("Escape");
        await Expect(frame.Locator("#question")).Not.ToBeInViewportAsync();
    }

    private static async Task<IFrame> WaitForFrameAsync(IPage page)
    {
        if (page.Frames.Count < 2) await page.WaitForFunctionAsync("() => window.length > 0");
        var frame = page.Frames.Single(frame => frame.ParentFrame is not null);
        await frame.WaitForLoadStateAsync();
        return frame;
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    [GeneratedRegex(":~:text=")]
    private static partial Regex TextFragment();
}
