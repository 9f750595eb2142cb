using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Chatbot.Tests.Support;

/// <summary>A page in a browser, and what its console complained about.</summary>
internal sealed class VisitedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public VisitedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings: scripts that threw, and what the content security policy blocked.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public async Task SignInAsync()
    {
        await Page.GotoAsync("/admin");
        await Page.FillAsync("input[autocomplete=username]", WholeServer.AdminName);
        await Page.FillAsync("input[type=password]", WholeServer.AdminPassword);
        await Page.ClickAsync("main button");
        await Assertions.Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/admin$"));
    }

    public async Task AskAsync(string question)
    {
        var turns = await Page.Locator(".turn").CountAsync();
        await Page.FillAsync("#question", question);
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator(".turn").Nth(turns).Locator(".tools")).ToBeVisibleAsync();
    }

    /// <summary>How much wider the page is than the screen, in pixels.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
