using Chatbot.Backends.Evaluation;
using Chatbot.Backends.Prompts;
using Chatbot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chatbot.Tests.Web.Prompts;

[Collection(PagesCollection.Name)]
public sealed class PromptPageTests(WholeServer server, BrowserFixture browser)
{
    [Fact]
    public async Task A_template_is_tried_while_it_is_written_saved_compared_and_deleted()
    {
        await server.PostAsync("api/knowledge-bases", new { name = "prompts", title = "Prompts" }, TestContext.Current.CancellationToken);
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/prompts?kb=prompts");
        await visit.Page.Locator("tr", new() { HasText = "fr" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Page.Locator("#Text")).ToContainTextAsync("{chat_history}");
        await visit.Page.FillAsync("#Question", "Combien coûte un passeport ?");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(visit.Page.Locator("#result")).ToContainTextAsync("Combien coûte un passeport ?");

        await visit.Page.FillAsync("#Text", "Bonjour.\n---\n{context} {question} {wrong}");
        await Expect(visit.Page.Locator("#result [role=alert]")).ToContainTextAsync("{wrong}");
        await visit.Page.FillAsync("#Text", "Bonjour.\n---\n{context} {question}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(visit.Page.Locator(".diff .added").First).ToContainTextAsync("Bonjour.");

        await visit.Page.GoBackAsync();
        await visit.Page.Locator("summary", new() { HasText = "Delete" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(4);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_version_that_is_held_back_is_shown_and_can_be_activated_all_the_same()
    {
        var knowledgeBase = (await server.PostAsync("api/knowledge-bases", new { name = "held-prompts", title = "Held prompts" }, TestContext.Current.CancellationToken)).GetProperty("id").GetString()!;
        // Without anything to compare it with it is held.
        var draft = new PromptDraft(PromptTemplateStore.IdOf(knowledgeBase, "answer", "fr"), "answer", "fr", "Bonjour.\n---\n{context} {question}\n", "polite", 0);
        var candidate = new EvaluationCandidate { Kind = CandidateKind.Template, Label = "answer/fr", Templates = [draft] };
        await server.Services.GetRequiredService<EvaluationStore>().RequestAsync(knowledgeBase, EvaluationCause.Gate, candidate, [], TestContext.Current.CancellationToken);
        await using var visit = await browser.OpenAsync(server.Address);
        await visit.SignInAsync();
        await visit.Page.GotoAsync("/admin/prompts?kb=held-prompts");
        while (!await visit.Page.Locator(".waiting .alert.error").IsVisibleAsync()) await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(4);

        await visit.Page.Locator(".waiting a").ClickAsync();
        await visit.Page.Locator("summary", new() { HasText = "polite" }).ClickAsync();
        await Expect(visit.Page.Locator("pre")).ToContainTextAsync("Bonjour.");
        await visit.Page.Locator("summary", new() { HasText = "Activate anyway" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Activate anyway" }).ClickAsync();
        await visit.Page.GotoAsync($"/admin/prompts/{draft.Id}");

        await Expect(visit.Page.Locator("#Text")).ToContainTextAsync("Bonjour.");
        await Expect(visit.Page.Locator(".waiting")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }
}
