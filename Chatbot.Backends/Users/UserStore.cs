using System.Security.Cryptography;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Microsoft.AspNetCore.Identity;

namespace Chatbot.Backends.Users;

/// <summary>Users and their passwords, of which only salted hashes are kept (PBKDF2, as ASP.NET Core Identity makes them). Safe for concurrent use.</summary>
public sealed class UserStore(Database database, TimeProvider clock)
{
    /// <summary>Characters of a password at least, and of a name at most.</summary>
    public const int ShortestPassword = 10, LongestName = 200;

    private const string Select = "SELECT id, name, password_hash, is_admin, is_disabled, created_at, stamp FROM users";

    private static readonly PasswordHasher<UserStore> Hasher = new();

    // Verified against for names that nobody has, so that they take as long as a wrong password.
    private readonly Lazy<string> nobodysHash = new(() => Hasher.HashPassword(null!, Ids.New()));

    /// <returns>The new user, or null when the name is taken. Names differ in more than upper and lower case.</returns>
    public async Task<User?> CreateAsync(string name, string password, bool isAdmin, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrEmpty(password);
        var user = new User(Ids.New(), Normalise(name), isAdmin, IsDisabled: false, Stored.Time(clock.Now()), NewStamp());
        var hash = Hasher.HashPassword(this, password);
        var inserted = await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"{database.Dialect.InsertOrIgnore} users (id, name, password_hash, is_admin, created_at, stamp) VALUES (@Id, @Name, @hash, @isAdmin, @createdAt, @Stamp)",
                new { user.Id, user.Name, hash, isAdmin = isAdmin ? 1 : 0, createdAt = Stored.Time(user.CreatedAt), user.Stamp },
                cancellationToken),
            cancellationToken);
        return inserted == 0 ? null : user;
    }

    /// <returns>The user, or null when name or password is wrong or he is disabled; which of these cannot be told, not even by the time it takes.</returns>
    public async Task<User?> VerifyAsync(string name, string password, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.FirstAsync<Row>($"{Select} WHERE name = @name", With(new { name = Normalise(name) }), cancellationToken), cancellationToken);
        var result = Hasher.VerifyHashedPassword(this, row?.PasswordHash ?? nobodysHash.Value, password);
        if (row is null || result == PasswordVerificationResult.Failed || row.IsDisabled != 0)
            return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            await RehashAsync(row.Id, row.PasswordHash, password, cancellationToken);
        return row.ToRecord();
    }

    /// <returns>All, by name.</returns>
    public Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<User>>(
        async connection => (await connection.ListAsync<Row>($"{Select} ORDER BY name", null, cancellationToken)).ConvertAll(row => row.ToRecord()), cancellationToken);

    /// <returns>Null when there is no such user.</returns>
    public Task<User?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.FirstAsync<Row>($"{Select} WHERE id = @id", With(new { id }), cancellationToken))?.ToRecord(), cancellationToken);

    /// <summary>Whether a session with this stamp is good. A look-up by key, to be done with each request.</summary>
    public Task<bool> IsGoodAsync(string id, string stamp, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => await connection.FirstAsync<int?>("SELECT 1 FROM users WHERE id = @id AND stamp = @stamp AND is_disabled = 0", With(new { id, stamp }), cancellationToken) is not null,
        cancellationToken);

    public Task<int> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.FirstAsync<int>("SELECT COUNT(*) FROM users", null, cancellationToken), cancellationToken);

    /// <summary>Sets another password; sessions end.</summary>
    /// <returns>False when there is no such user.</returns>
    public Task<bool> SetPasswordAsync(string id, string password, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        return SetAsync(id, password, null, null, cancellationToken);
    }

    /// <summary>Gives or takes rights; sessions end when they change.</summary>
    /// <returns>False when there is no such user.</returns>
    public Task<bool> SetRightsAsync(string id, bool? isAdmin, bool? isDisabled, CancellationToken cancellationToken) => SetAsync(id, null, isAdmin, isDisabled, cancellationToken);

    /// <summary>Sets what is not null, all of it or nothing; sessions end when that changes something.</summary>
    /// <returns>False when there is no such user.</returns>
    public Task<bool> SetAsync(string id, string? password, bool? isAdmin, bool? isDisabled, CancellationToken cancellationToken) => ChangeAsync(
        // What is not set is left to the row: another administrator may set it in this moment. The stamp first: MySQL sets one
        // after the other, and compares with what is set already.
        """
        UPDATE users SET
            stamp = CASE WHEN @hash IS NULL AND is_admin = COALESCE(@isAdmin, is_admin) AND is_disabled = COALESCE(@isDisabled, is_disabled) THEN stamp ELSE @stamp END,
            password_hash = COALESCE(@hash, password_hash), is_admin = COALESCE(@isAdmin, is_admin), is_disabled = COALESCE(@isDisabled, is_disabled)
        WHERE id = @id
        """,
        With(new { id, hash = password is null ? null : Hasher.HashPassword(this, password), isAdmin = Number(isAdmin), isDisabled = Number(isDisabled), stamp = NewStamp() }),
        cancellationToken);

    /// <summary>Ends all sessions of a user.</summary>
    /// <returns>False when there is no such user.</returns>
    public Task<bool> EndSessionsAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync("UPDATE users SET stamp = @stamp WHERE id = @id", With(new { id, stamp = NewStamp() }), cancellationToken);

    /// <summary>Deletes a user; sessions end.</summary>
    /// <returns>False when there is no such user.</returns>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => ChangeAsync("DELETE FROM users WHERE id = @id", With(new { id }), cancellationToken);

    // The same password with a stronger hash: nobody has to sign in anew. Not over one that was set meanwhile.
    private Task<bool> RehashAsync(string id, string known, string password, CancellationToken cancellationToken) => ChangeAsync(
        "UPDATE users SET password_hash = @hash WHERE id = @id AND password_hash = @known", With(new { id, known, hash = Hasher.HashPassword(this, password) }), cancellationToken);

    private static int? Number(bool? value) => value is { } set ? (set ? 1 : 0) : null;

    private async Task<bool> ChangeAsync(string sql, SqlArguments arguments, CancellationToken cancellationToken) =>
        await database.WriteAsync(transaction => transaction.RunAsync(sql, arguments, cancellationToken), cancellationToken) > 0;

    // By chance alone: an id would tell when it was made.
    private static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Normalise(string name) => name.Trim().Normalize().ToLowerInvariant();

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string PasswordHash { get; set; } = "";

        public int IsAdmin { get; set; }

        public int IsDisabled { get; set; }

        public long CreatedAt { get; set; }

        public string Stamp { get; set; } = "";

        public User ToRecord() => new(Id, Name, IsAdmin != 0, IsDisabled != 0, Stored.Time(CreatedAt), Stamp);
    }
}
