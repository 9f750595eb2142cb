using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Data;
using Xunit;

namespace Chatbot.Tests.Backends.Data;

/// <summary>What every <see cref="Database"/> does.</summary>
public abstract class DatabaseContract
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Another instance on the same data, as another process has it.</summary>
    protected abstract Database Open();

    [Fact]
    public async Task What_was_written_is_read_by_every_instance()
    {
        var one = await MigratedAsync();
        var other = Open();

        await one.WriteAsync(transaction => AddUserAsync(transaction, "ada"), Token);

        Assert.Equal(["ada"], await NamesAsync(other));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing()
    {
        var database = await MigratedAsync();

        await Assert.ThrowsAsync<FormatException>(() => database.WriteAsync(
            async transaction =>
            {
                await AddUserAsync(transaction, "ada");
                throw new FormatException();
            },
            Token));

        Assert.Empty(await NamesAsync(database));
        await database.WriteAsync(transaction => AddUserAsync(transaction, "bea"), Token);
        Assert.Equal(["bea"], await NamesAsync(database));
    }

    [Fact]
    public async Task Writers_of_several_instances_lose_nothing()
    {
        var database = await MigratedAsync();
        await database.WriteAsync(transaction => AddUserAsync(transaction, "count"), Token);
        Database[] instances = [database, Open(), Open()];

        await Task.WhenAll(Enumerable.Range(0, 90).Select(i => Task.Run(
            () => instances[i % 3].WriteAsync(
                async transaction =>
                {
                    var count = await transaction.FirstAsync<int>("SELECT is_admin FROM users WHERE name = 'count'", null, Token);
                    await transaction.RunAsync("UPDATE users SET is_admin = @next WHERE name = 'count'", new { next = count + 1 }, Token);
                },
                Token),
            Token)));

        Assert.Equal(90, await database.ReadAsync(c => c.FirstAsync<int>("SELECT is_admin FROM users WHERE name = 'count'", null, Token), Token));
    }

    [Fact]
    public async Task Readers_do_not_wait_for_a_writer_and_see_what_was_before()
    {
        var database = await MigratedAsync();
        var other = Open();

        await database.WriteAsync(
            async transaction =>
            {
                await AddUserAsync(transaction, "ada");
                Assert.Empty(await NamesAsync(database));
                Assert.Empty(await NamesAsync(other));
            },
            Token);

        Assert.Equal(["ada"], await NamesAsync(other));
    }

    [Fact]
    public async Task All_that_one_read_reads_is_of_one_moment()
    {
        var database = await MigratedAsync();
        var other = Open();

        var (before, after) = await database.ReadAsync(
            async connection =>
            {
                var before = await connection.FirstAsync<int>("SELECT COUNT(*) FROM users", null, Token);
                await other.WriteAsync(transaction => AddUserAsync(transaction, "ada"), Token);
                return (before, await connection.FirstAsync<int>("SELECT COUNT(*) FROM users", null, Token));
            },
            Token);

        Assert.Equal((0, 0), (before, after));
        Assert.Equal(["ada"], await NamesAsync(database));
    }

    [Fact]
    public async Task A_write_within_a_write_is_refused_instead_of_waiting_for_itself()
    {
        var database = await MigratedAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(
            _ => database.WriteAsync(inner => AddUserAsync(inner, "ada"), Token), Token));
        await database.WriteAsync(transaction => AddUserAsync(transaction, "bea"), Token);

        Assert.Equal(["bea"], await NamesAsync(database));
    }

    [Fact]
    public async Task A_write_that_waits_for_another_can_be_cancelled()
    {
        var database = await MigratedAsync();
        using var cancelled = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var first = database.WriteAsync(
            async _ =>
            {
                begun.SetResult();
                await release.Task;
            },
            Token);
        await begun.Task;

        var second = database.WriteAsync(transaction => AddUserAsync(transaction, "late"), cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        release.SetResult();
        await first;
        Assert.Empty(await NamesAsync(database));
    }

    [Fact]
    public async Task The_dialect_leaves_existing_rows_alone_or_updates_them()
    {
        var database = await MigratedAsync();
        await database.WriteAsync(transaction => AddUserAsync(transaction, "ada"), Token);

        var ignored = await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"{database.Dialect.InsertOrIgnore} users (id, name, password_hash, is_admin, created_at) VALUES (@id, 'ada', 'other', 1, 0)",
                new { id = Ids.New() },
                Token),
            Token);
        await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"""
                INSERT INTO users (id, name, password_hash, is_admin, created_at) VALUES (@id, 'ada', 'updated', 1, 0)
                {database.Dialect.OnConflictUpdate("name", "password_hash")}
                """,
                new { id = Ids.New() },
                Token),
            Token);

        Assert.Equal(0, ignored);
        Assert.Equal("updated", await database.ReadAsync(c => c.FirstAsync<string>("SELECT password_hash FROM users WHERE is_admin = 0", null, Token), Token));
    }

    [Fact]
    public async Task Many_texts_and_rows_are_one_parameter_each()
    {
        var database = await MigratedAsync();
        string[] names = ["plain", "it's \"quoted\" \\ and über 東京 \U0001F600", "", "a/b?c=d&e"];
        foreach (var name in names)
            await database.WriteAsync(transaction => AddUserAsync(transaction, name), Token);
        using var rows = new JsonRows();
        foreach (var name in names)
            rows.Row().Add(name).Add(name.Length).Add((string?)null).Add(long.MaxValue).Add((long?)null);
        var (sql, json) = (database.Dialect.RowsOf("@rows", "label", "size", "blank", "large", "gap"), rows.End());

        var found = await database.ReadAsync(
            connection => connection.ListAsync<string>($"SELECT name FROM users WHERE name IN {database.Dialect.TextsOf("@names")}", With(new { names = JsonRows.Texts(names[1..]) }), Token), Token);
        var read = await database.ReadAsync(connection => connection.ListAsync<(string Label, long Size, string? Blank, long Large, long? Gap)>(
            $"SELECT r.label, r.size, r.blank, r.large, r.gap FROM {sql} JOIN users u ON u.name = r.label", With(new { rows = json }), Token), Token);
        var none = await database.ReadAsync(
            connection => connection.ListAsync<string>($"SELECT name FROM users WHERE name IN {database.Dialect.TextsOf("@names")}", With(new { names = JsonRows.Texts([]) }), Token), Token);

        Assert.Equal(names[1..].Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(names.Order(StringComparer.Ordinal).Select(n => (n, (long)n.Length, (string?)null, long.MaxValue, (long?)null)), read.OrderBy(r => r.Label, StringComparer.Ordinal));
        Assert.Empty(none);
    }

    [Fact]
    public async Task Columns_fill_properties_by_their_names_and_what_is_null_leaves_them()
    {
        var database = await MigratedAsync();

        var row = await database.ReadAsync(
            c => c.FirstAsync<Everything>(
                "SELECT 'ada' AS display_name, 7 AS Count, 1 AS is_set, 2.5 AS share, @large AS large_number, @bytes AS raw, NULL AS kept, NULL AS maybe, 'Far' AS place, 'x' AS nobody_asked",
                With(new { large = long.MaxValue, bytes = new byte[] { 1, 2 } }),
                Token),
            Token);
        var none = await database.ReadAsync(c => c.FirstAsync<long?>("SELECT NULL", null, Token), Token);

        Assert.Equal(("ada", 7, true, 2.5, long.MaxValue, "kept", null, Place.Far), (row!.DisplayName, row.Count, row.IsSet, row.Share, row.LargeNumber, row.Kept, row.Maybe, row.Place));
        Assert.Equal([1, 2], row.Raw);
        Assert.Null(none);
    }

    [Fact]
    public async Task A_list_stands_for_its_values_and_a_list_of_objects_for_as_many_statements()
    {
        var database = await MigratedAsync();
        var users = new[] { "ada", "bea", "cleo" }.Select(name => new { id = Ids.New(), name, unused = Array.Empty<string>() }).ToList();

        var changed = await database.WriteAsync(
            t => t.RunEachAsync("INSERT INTO users (id, name, password_hash, is_admin, created_at) VALUES (@id, @name, '', 0, 0)", users, Token), Token);
        var some = await ListAsync("name IN @names AND name NOT IN @namesLeft", With(new { names = (string[])["ada", "bea"], namesLeft = new List<string> { "bea" } }));
        var empty = await ListAsync("name IN @names", With(new { names = Array.Empty<string>() }));
        var others = await ListAsync("name NOT IN @names", With(new { names = Array.Empty<string>() }));

        Assert.Equal(3, changed);
        Assert.Equal(["ada"], some);
        Assert.Empty(empty);
        Assert.Equal(["ada", "bea", "cleo"], others);
        await Assert.ThrowsAsync<NotSupportedException>(() => database.WriteAsync(
            t => t.RunEachAsync("DELETE FROM users WHERE name = @name AND name IN @some", users.ConvertAll(u => new { u.name, some = (string[])[u.name] }), Token), Token));

        Task<List<string>> ListAsync(string condition, SqlArguments arguments) =>
            database.ReadAsync(c => c.ListAsync<string>($"SELECT name FROM users WHERE {condition} ORDER BY name", arguments, Token), Token);
    }

    [Fact]
    public async Task Instances_that_migrate_at_once_make_each_step_once()
    {
        var instances = Enumerable.Range(0, 8).Select(_ => Open()).ToArray();

        await Task.WhenAll(instances.Select(instance => Task.Run(() => instance.MigrateAsync(Token), Token)));
        await instances[0].MigrateAsync(Token);

        var versions = await instances[7].ReadAsync(c => c.ListAsync<int>("SELECT version FROM schema_migrations ORDER BY version", null, Token), Token);
        Assert.NotEmpty(versions);
        Assert.Equal(Enumerable.Range(1, versions.Count), versions);
    }

    private enum Place
    {
        Near,
        Far,
    }

    private sealed class Everything
    {
        public string DisplayName { get; set; } = "";

        public int Count { get; set; }

        public bool IsSet { get; set; }

        public double Share { get; set; }

        public long LargeNumber { get; set; }

        public byte[] Raw { get; set; } = [];

        public string Kept { get; set; } = "kept";

        public int? Maybe { get; set; }

        public Place Place { get; set; }
    }

    protected async Task<Database> MigratedAsync()
    {
        var database = Open();
        await database.MigrateAsync(Token);
        return database;
    }

    protected static Task AddUserAsync(System.Data.Common.DbTransaction transaction, string name) => transaction.RunAsync(
        "INSERT INTO users (id, name, password_hash, is_admin, created_at) VALUES (@id, @name, '', 0, 0)", new { id = Ids.New(), name }, Token);

    protected static Task<List<string>> NamesAsync(Database database) =>
        database.ReadAsync(connection => connection.ListAsync<string>("SELECT name FROM users ORDER BY name", null, Token), Token);
}
