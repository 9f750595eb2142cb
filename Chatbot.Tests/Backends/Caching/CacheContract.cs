using Chatbot.Core.Caching;
using Xunit;

namespace Chatbot.Tests.Backends.Caching;

/// <summary>What every <see cref="ICache"/> does. Keys and tags are each test's own: a server may be shared.</summary>
public abstract class CacheContract
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly string own = Chatbot.Core.Ids.New();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract ICache Cache { get; }

    [Fact]
    public async Task What_was_set_is_got_and_the_last_value_counts()
    {
        Assert.Null(await Cache.GetAsync(Own("a"), Token));
        await Cache.SetAsync(Own("a"), new byte[] { 1, 2 }, Long, [], Token);

        await Cache.SetAsync(Own("a"), new byte[] { 3 }, Long, [], Token);

        Assert.Equal(new byte[] { 3 }, await Cache.GetAsync(Own("a"), Token));
    }

    [Fact]
    public async Task An_empty_value_is_a_value()
    {
        await Cache.SetAsync(Own("a"), ReadOnlyMemory<byte>.Empty, Long, [], Token);

        Assert.Empty((await Cache.GetAsync(Own("a"), Token))!);
    }

    [Fact]
    public async Task What_was_removed_is_forgotten()
    {
        await Cache.SetAsync(Own("a"), new byte[1], Long, [Own("tag")], Token);

        await Cache.RemoveAsync(Own("a"), Token);
        await Cache.RemoveAsync(Own("never"), Token);

        Assert.Null(await Cache.GetAsync(Own("a"), Token));
    }

    [Fact]
    public async Task A_tag_removes_what_was_set_with_it_and_nothing_else()
    {
        await Cache.SetAsync(Own("both"), new byte[1], Long, [Own("x"), Own("y")], Token);
        await Cache.SetAsync(Own("one"), new byte[1], Long, [Own("x"), Own("x")], Token);
        await Cache.SetAsync(Own("other"), new byte[1], Long, [Own("y")], Token);

        await Cache.RemoveByTagAsync(Own("x"), Token);
        await Cache.RemoveByTagAsync(Own("never"), Token);

        Assert.Null(await Cache.GetAsync(Own("both"), Token));
        Assert.Null(await Cache.GetAsync(Own("one"), Token));
        Assert.NotNull(await Cache.GetAsync(Own("other"), Token));
    }

    [Fact]
    public async Task A_value_that_was_set_again_has_its_new_tags_only()
    {
        await Cache.SetAsync(Own("a"), new byte[1], Long, [Own("old")], Token);
        await Cache.SetAsync(Own("a"), new byte[1], Long, [Own("new")], Token);

        await Cache.RemoveByTagAsync(Own("old"), Token);
        Assert.NotNull(await Cache.GetAsync(Own("a"), Token));
        await Cache.RemoveByTagAsync(Own("new"), Token);

        Assert.Null(await Cache.GetAsync(Own("a"), Token));
    }

    [Fact]
    public async Task What_a_caller_does_to_its_bytes_changes_nothing_in_the_cache()
    {
        var set = new byte[] { 1 };
        await Cache.SetAsync(Own("a"), set, Long, [], Token);

        set[0] = 9;
        (await Cache.GetAsync(Own("a"), Token))![0] = 9;

        Assert.Equal(new byte[] { 1 }, await Cache.GetAsync(Own("a"), Token));
    }

    protected string Own(string name) => $"{own}:{name}";
}
