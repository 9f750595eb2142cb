using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Models;

public sealed class ModelChangeTests : IAsyncLifetime
{
    private static readonly float[] East = [1, 0], North = [0, 1];

    private readonly EmbeddedData _data = new();
    private readonly ManualTimeProvider _clock = new();
    private string _knowledgeBase = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _knowledgeBase = (await new KnowledgeBaseStore(await _data.OpenMigratedAsync(), _clock).CreateAsync("town", "Town", new KnowledgeBaseSettings(), Token))!.Id;

    public ValueTask DisposeAsync()
    {
        _data.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Questions_go_on_with_the_old_vectors_until_all_new_ones_are_there()
    {
        await FillAsync("old", East, "text one", "text two");
        using var process = await StartAsync("new", other: "old");
        await process.BeginAsync();

        Assert.Equal(("new", "old", 0), await StateAsync(process));
        Assert.Equal([1, 1], await process.AskAsync(East, "old"));

        Assert.Equal(1, await process.MakeAsync(North, most: 1));
        Assert.False(await process.Change.SwitchAsync(Token));
        Assert.Equal(("new", "old", 1), await StateAsync(process));
        Assert.Equal([1, 1], await process.AskAsync(East, "old"));

        Assert.Equal(1, await process.MakeAsync(North));
        Assert.True(await process.Change.SwitchAsync(Token));
        Assert.Equal(("new", null, 2), await StateAsync(process));
        Assert.Equal([1, 1], await process.AskAsync(North, "new"));
    }

    [Fact]
    public async Task A_question_that_was_asked_of_the_old_model_meets_its_own_vectors_after_the_change()
    {
        await FillAsync("old", East, "text one");
        using var process = await StartAsync("new", other: "old");
        await process.BeginAsync();
        await process.MakeAsync(North);
        await process.Change.SwitchAsync(Token);

        Assert.Equal([1], await process.AskAsync(East, "old"));
        Assert.Equal([0], await process.AskAsync(East, "new"));
        Assert.Equal([null], await process.AskAsync(East, "unknown"));
    }

    [Fact]
    public async Task Where_the_old_model_cannot_be_asked_words_decide_and_meaning_follows()
    {
        await FillAsync("old", East, "text one", "text two");
        using var process = await StartAsync("new");
        await process.BeginAsync();

        Assert.Equal(("new", null, 0), await StateAsync(process));
        Assert.Equal([null, null], await process.AskAsync(East, "new"));

        await process.MakeAsync(North, most: 1);
        Assert.Equal([null, 1], await process.AskAsync(North, "new"));
    }

    [Fact]
    public async Task Another_process_follows_the_change()
    {
        await FillAsync("old", East, "text one");
        using var maker = await StartAsync("new", other: "old");
        using var reader = await StartAsync("new", other: "old");
        await maker.BeginAsync();
        await reader.Change.RefreshAsync(Token);
        Assert.Equal("old", (await reader.StateAsync()).AskedModel);

        await maker.MakeAsync(North);
        await maker.Change.SwitchAsync(Token);
        await reader.Change.RefreshAsync(Token);

        Assert.Equal(("new", null, 1), await StateAsync(reader));
        Assert.Equal([1], await reader.AskAsync(North, "new"));
    }

    [Fact]
    public async Task Documents_that_come_meanwhile_wait_for_the_wanted_model_whoever_brings_them()
    {
        await FillAsync("old", East, "text one");
        using var maker = await StartAsync("new", other: "old");
        await maker.BeginAsync();
        await maker.MakeAsync(North);
        await maker.Change.SwitchAsync(Token);

        using var other = await StartAsync("old");
        Assert.False(other.Change.IsWanted);
        await other.AddAsync("text one", "text two");

        Assert.Equal(1, await maker.MakeAsync(North));
        Assert.Equal([1, 1, 1], await maker.AskAsync(North, "new"));
    }

    [Fact]
    public async Task A_vector_of_another_model_than_wanted_leaves_its_text_waiting()
    {
        await FillAsync("old", East, "text one");
        using var maker = await StartAsync("new", other: "old");
        await maker.BeginAsync();
        await maker.AddAsync("text two");
        using var other = await StartAsync("old");

        await other.MakeAsync(East);
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(2, await maker.MakeAsync(North));
    }

    [Fact]
    public async Task A_text_that_the_model_cannot_read_does_not_hold_up_the_change()
    {
        await FillAsync("old", East, "text one");
        using var process = await StartAsync("new", other: "old");
        await process.BeginAsync();
        for (var i = 0; i < 3; i++)
        {
            foreach (var text in (await process.Queue.TakeAsync(10, Token)).Texts) await process.Queue.FailAsync(text.TextHash, "too odd", Token);
            _clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.True(await process.Change.SwitchAsync(Token));
    }

    [Fact]
    public async Task The_way_back_costs_nothing_for_a_day()
    {
        await FillAsync("old", East, "text one");
        await ChangeAsync("new", North);
        using var process = await StartAsync("old");
        await process.Change.SweepAsync(Token);
        await process.BeginAsync();

        Assert.Equal(0, await process.MakeAsync(East));
        Assert.Equal(("old", null, 1), await StateAsync(process));
        Assert.Equal([1], await process.AskAsync(East, "old"));
    }

    [Fact]
    public async Task Replaced_vectors_are_swept_after_a_day_with_their_files()
    {
        await FillAsync("old", East, "text one");
        await ChangeAsync("new", North);
        using var process = await StartAsync("new");
        var before = Files();
        _clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await process.Change.SweepAsync(Token));
        Assert.Equal(0, await process.Change.SweepAsync(Token));

        Assert.Equal((2, 1), (before, Files()));
        Assert.Equal([1], await process.AskAsync(North, "new"));
        using var back = await StartAsync("old");
        await back.BeginAsync();
        Assert.Equal(("old", null, 0), await StateAsync(back));
    }

    private int Files() => Directory.GetFiles(_data.Directory, "*.vec", SearchOption.AllDirectories).Length;

    private async Task FillAsync(string model, float[] vector, params string[] texts)
    {
        using var process = await StartAsync(model);
        await process.BeginAsync();
        await process.AddAsync(texts);
        await process.MakeAsync(vector);
        await process.Index.SaveAsync(everything: true, Token);
    }

    private async Task ChangeAsync(string model, float[] vector)
    {
        using var process = await StartAsync(model);
        await process.BeginAsync();
        await process.MakeAsync(vector);
        await process.Index.SaveAsync(everything: true, Token);
    }

    private Task<ModelProcess> StartAsync(string model, string? other = null) => ModelProcess.StartAsync(_data, _knowledgeBase, _clock, model, other);

    private static async Task<(string, string?, int)> StateAsync(ModelProcess process)
    {
        var state = await process.StateAsync();
        return (state.Model, state.AskedModel, state.WithVector);
    }
}
