using Chatbot.Backends.Embedded.Caching;
using Chatbot.Core.Caching;
using Chatbot.Tests.Backends.Caching;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Caching;

public sealed class MemoryCacheWithTagsTests : CacheContract
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider clock = new();
    private readonly MemoryCacheWithTags cache;

    public MemoryCacheWithTagsTests() => cache = new MemoryCacheWithTags(Options.Create(new CacheOptions { SizeMb = 1 }), clock);

    protected override ICache Cache => cache;

    [Fact]
    public async Task A_value_is_forgotten_when_its_time_is_over()
    {
        await cache.SetAsync("a", new byte[1], TimeSpan.FromMinutes(1), ["tag"], Token);

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(await cache.GetAsync("a", Token));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await cache.GetAsync("a", Token));
    }

    [Fact]
    public async Task When_it_is_full_what_was_used_longest_ago_goes_first()
    {
        await cache.SetAsync("a", new byte[400_000], Long, ["tag"], Token);
        await cache.SetAsync("b", new byte[400_000], Long, ["tag"], Token);
        await cache.GetAsync("a", Token);

        await cache.SetAsync("c", new byte[400_000], Long, [], Token);

        Assert.NotNull(await cache.GetAsync("a", Token));
        Assert.Null(await cache.GetAsync("b", Token));
        Assert.NotNull(await cache.GetAsync("c", Token));
    }

    [Fact]
    public async Task A_value_larger_than_the_cache_is_not_kept_and_drives_nothing_out()
    {
        await cache.SetAsync("a", new byte[10], Long, [], Token);

        await cache.SetAsync("large", new byte[2_000_000], Long, [], Token);

        Assert.Null(await cache.GetAsync("large", Token));
        Assert.NotNull(await cache.GetAsync("a", Token));
    }

    [Fact]
    public async Task Many_small_values_stay_within_the_bound_with_their_keys_and_tags()
    {
        for (var i = 0; i < 20_000; i++)
            await cache.SetAsync($"key {i}", new byte[10], TimeSpan.MaxValue, [$"tag {i}"], Token);

        var kept = 0;
        for (var i = 0; i < 20_000; i++)
            kept += await cache.GetAsync($"key {i}", Token) is null ? 0 : 1;

        Assert.InRange(kept, 1_000, 2_600);
    }
}
