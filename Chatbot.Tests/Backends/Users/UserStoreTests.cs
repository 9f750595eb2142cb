using Chatbot.Backends.Data;
using Chatbot.Backends.Users;
using Xunit;

namespace Chatbot.Tests.Backends.Users;

public sealed class UserStoreTests : StoreTests
{
    private UserStore Store => new(Database, Clock);

    [Fact]
    public async Task Name_and_password_together_find_the_user()
    {
        var made = await Store.CreateAsync("Ada@Example.org ", "correct horse", isAdmin: true, Token);

        Assert.Equal(made, await Store.VerifyAsync("ada@example.ORG", "correct horse", Token));
        Assert.True(made!.IsAdmin);
        Assert.Null(await Store.VerifyAsync("ada@example.org", "Correct horse", Token));
        Assert.Null(await Store.VerifyAsync("nobody", "correct horse", Token));
        Assert.Equal(1, await Store.CountAsync(Token));
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await Store.CreateAsync("ada", "one", isAdmin: false, Token);

        Assert.Null(await Store.CreateAsync("ADA", "two", isAdmin: true, Token));

        Assert.NotNull(await Store.VerifyAsync("ada", "one", Token));
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        var user = await Store.CreateAsync("ada", "old", isAdmin: false, Token);

        Assert.True(await Store.SetPasswordAsync(user!.Id, "new", Token));
        Assert.False(await Store.SetPasswordAsync("nobody", "new", Token));

        Assert.Null(await Store.VerifyAsync("ada", "old", Token));
        Assert.NotNull(await Store.VerifyAsync("ada", "new", Token));
    }

    [Fact]
    public async Task A_stamp_is_good_until_password_or_rights_change()
    {
        var user = (await Store.CreateAsync("ada", "old", isAdmin: true, Token))!;

        var unchanged = await Store.SetRightsAsync(user.Id, isAdmin: true, isDisabled: false, Token) && await Store.IsGoodAsync(user.Id, user.Stamp, Token);
        await Store.SetRightsAsync(user.Id, isAdmin: false, isDisabled: false, Token);
        var changed = await Store.IsGoodAsync(user.Id, user.Stamp, Token);
        await Store.SetRightsAsync(user.Id, isAdmin: false, isDisabled: true, Token);
        var disabled = (await Store.FindAsync(user.Id, Token))!;

        Assert.Equal((true, false), (unchanged, changed));
        Assert.Null(await Store.VerifyAsync("ada", "old", Token));
        Assert.False(await Store.IsGoodAsync(user.Id, disabled.Stamp, Token));
        Assert.True(await Store.DeleteAsync(user.Id, Token));
        Assert.Empty(await Store.ListAsync(Token));
    }

    [Fact]
    public async Task What_one_administrator_takes_another_who_changes_something_else_does_not_give_back()
    {
        var user = (await Store.CreateAsync("ada", "old", isAdmin: true, Token))!;

        await Store.SetRightsAsync(user.Id, isAdmin: null, isDisabled: true, Token);
        await Store.SetAsync(user.Id, "new", isAdmin: false, isDisabled: null, Token);

        var changed = (await Store.FindAsync(user.Id, Token))!;
        Assert.Equal((false, true), (changed.IsAdmin, changed.IsDisabled));
    }

    [Fact]
    public async Task No_password_is_kept_in_the_clear()
    {
        await Store.CreateAsync("ada", "correct horse", isAdmin: false, Token);

        var kept = await Database.ReadAsync(connection => connection.FirstAsync<string>("SELECT password_hash FROM users", null, Token), Token);

        Assert.DoesNotContain("horse", kept, StringComparison.Ordinal);
    }
}
