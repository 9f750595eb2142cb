using Chatbot.Backends;
using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Sqlite;
using Chatbot.Backends.Migrations;
using Chatbot.Core.Data;
using Chatbot.Tests.Backends.Embedded;
using Xunit;

namespace Chatbot.Tests.Backends.Migrations;

public sealed class MigratorTests : IDisposable
{
    private static readonly Migration Towns = new(1, "towns", "CREATE TABLE towns (name TEXT); INSERT INTO towns VALUES ('Aarau');");
    private static readonly Migration Rivers = new(2, "rivers", "CREATE TABLE rivers (name TEXT);");

    private readonly EmbeddedData data = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Missing_steps_are_made_in_order_and_recorded()
    {
        await data.Open([Towns]).MigrateAsync(Token);

        await data.Open([Towns, Rivers]).MigrateAsync(Token);

        Assert.Equal(["1 towns", "2 rivers"], await HistoryAsync(data.Open()));
    }

    [Fact]
    public async Task A_step_that_was_changed_after_it_was_applied_is_refused_by_name()
    {
        await data.Open([Towns]).MigrateAsync(Token);

        var error = await Assert.ThrowsAsync<StorageException>(() => data.Open([Towns with { Sql = Towns.Sql + "--" }, Rivers]).MigrateAsync(Token));

        Assert.Contains("0001_towns", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1 towns"], await HistoryAsync(data.Open()));
    }

    [Fact]
    public async Task Line_ends_of_another_system_are_no_change()
    {
        await data.Open([Towns with { Sql = "CREATE TABLE towns\n(name TEXT);" }]).MigrateAsync(Token);

        await data.Open([Towns with { Sql = "CREATE TABLE towns\r\n(name TEXT);" }]).MigrateAsync(Token);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await data.Open([Towns, Rivers]).MigrateAsync(Token);

        var error = await Assert.ThrowsAsync<StorageException>(() => data.Open([Towns]).MigrateAsync(Token));

        Assert.Contains("newer program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_fails_half_way_leaves_the_version_before_and_can_be_made_again()
    {
        var broken = new Migration(2, "rivers", "CREATE TABLE rivers (name TEXT); INSERT INTO towns VALUES ('Bern'); INSERT INTO nowhere VALUES (1);");

        await Assert.ThrowsAnyAsync<Exception>(() => data.Open([Towns, broken]).MigrateAsync(Token));

        Assert.Equal(["1 towns"], await HistoryAsync(data.Open()));
        await data.Open([Towns, Rivers]).MigrateAsync(Token);
        Assert.Equal(["Aarau"], await data.Open().ReadAsync(c => c.ListAsync<string>("SELECT name FROM towns", null, Token), Token));
    }

    [Fact]
    public void The_files_that_ship_are_numbered_without_gaps()
    {
        var files = MigrationFiles.Of(SqliteDialect.Instance);

        Assert.NotEmpty(files);
        Assert.Equal(Enumerable.Range(1, files.Count), files.Select(file => file.Version));
    }

    private static Task<List<string>> HistoryAsync(Database database) => database.ReadAsync(
        connection => connection.ListAsync<string>("SELECT version || ' ' || name FROM schema_migrations ORDER BY version", null, Token), Token);
}
