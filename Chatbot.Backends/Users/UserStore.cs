using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Microsoft.AspNetCore.Identity;

namespace Chatbot.Backends.Users;

/// <summary>Users and their passwords, of which only salted hashes are kept (PBKDF2, as ASP.NET Core Identity makes them). Safe for concurrent use.</summary>
public sealed class UserStore(Database database, TimeProvider clock)
{
    private static readonly PasswordHasher<UserStore> Hasher = new();

    // Verified against for names that nobody has, so that they take as long as a wrong password.
    private readonly Lazy<string> nobodysHash = new(() => Hasher.HashPassword(null!, Ids.New()));

    /// <returns>The new user, or null when the name is taken. Names differ in more than upper and lower case.</returns>
    public async Task<User?> CreateAsync(string name, string password, bool isAdmin, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrEmpty(password);
        var user = new User(Ids.New(), Normalise(name), isAdmin, Stored.Time(clock.Now()));
        var hash = Hasher.HashPassword(this, password);
        var inserted = await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"{database.Dialect.InsertOrIgnore} users (id, name, password_hash, is_admin, created_at) VALUES (@Id, @Name, @hash, @isAdmin, @createdAt)",
                new { user.Id, user.Name, hash, isAdmin = isAdmin ? 1 : 0, createdAt = Stored.Time(user.CreatedAt) },
                cancellationToken),
            cancellationToken);
        return inserted == 0 ? null : user;
    }

    /// <returns>The user, or null when name or password is wrong; which of both cannot be told, not even by the time it takes.</returns>
    public async Task<User?> VerifyAsync(string name, string password, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.FirstAsync<Row>(
                "SELECT id, name, password_hash, is_admin, created_at FROM users WHERE name = @name", new { name = Normalise(name) }, cancellationToken),
            cancellationToken);
        var result = Hasher.VerifyHashedPassword(this, row?.PasswordHash ?? nobodysHash.Value, password);
        if (row is null || result == PasswordVerificationResult.Failed)
            return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            await SetPasswordAsync(row.Id, password, cancellationToken);
        return new User(row.Id, row.Name, row.IsAdmin != 0, Stored.Time(row.CreatedAt));
    }

    public Task<int> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>("SELECT COUNT(*) FROM users", null, cancellationToken), cancellationToken);

    /// <returns>False when there is no such user.</returns>
    public async Task<bool> SetPasswordAsync(string id, string password, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        var hash = Hasher.HashPassword(this, password);
        return await database.WriteAsync(
            transaction => transaction.RunAsync("UPDATE users SET password_hash = @hash WHERE id = @id", new { id, hash }, cancellationToken), cancellationToken) > 0;
    }

    private static string Normalise(string name) => name.Trim().Normalize().ToLowerInvariant();

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string PasswordHash { get; set; } = "";

        public int IsAdmin { get; set; }

        public long CreatedAt { get; set; }
    }
}
