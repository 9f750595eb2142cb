using Chatbot.Backends;
using Chatbot.Backends.Data;
using Chatbot.Backends.Embedded.Sqlite;
using Chatbot.Core.Data;
using Chatbot.Tests.Backends.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Sqlite;

public sealed class SqliteDatabaseTests : DatabaseContract, IDisposable
{
    private readonly EmbeddedData data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_by_name()
    {
        var path = Path.Combine(data.Directory, "chatbot.db");
        await File.WriteAllTextAsync(path, new string('x', 4096), Token);

        var error = await Assert.ThrowsAsync<StorageException>(() => Open().MigrateAsync(Token));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
        Assert.Equal(4096, new FileInfo(path).Length);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_refused_by_name()
    {
        var file = Path.Combine(data.Directory, "file");
        await File.WriteAllTextAsync(file, "", Token);
        using var database = new SqliteDatabase(Path.Combine(file, "below"), TimeProvider.System, NullLogger<SqliteDatabase>.Instance);

        var error = await Assert.ThrowsAsync<StorageException>(() => database.MigrateAsync(Token));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("CHATBOT_DATA", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_reported_as_such()
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(data.Directory, "chatbot.db")};Pooling=False"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE users (name TEXT); INSERT INTO users SELECT hex(randomblob(500)) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]')";
            command.ExecuteNonQuery();
        }

        await using (var file = File.OpenWrite(Path.Combine(data.Directory, "chatbot.db")))
        {
            file.Position = 4096;
            file.Write(new byte[4096]);
        }

        var error = await Assert.ThrowsAsync<StorageException>(() => NamesAsync(Open()));

        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_cannot_write()
    {
        var database = await MigratedAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => database.ReadAsync(
            connection => connection.ListAsync<string>("DELETE FROM users RETURNING name", null, Token), Token));
    }

    [Fact]
    public async Task A_writer_waits_for_the_lock_of_another_process()
    {
        var database = await MigratedAsync();
        await using var stranger = new SqliteConnection($"Data Source={Path.Combine(data.Directory, "chatbot.db")};Pooling=False");
        stranger.Open();
        var locked = stranger.BeginTransaction(deferred: false);

        var write = Task.Run(() => database.WriteAsync(transaction => AddUserAsync(transaction, "ada"), Token), Token);
        Assert.Empty(await NamesAsync(database));
        await locked.RollbackAsync(Token);

        await write;
        Assert.Equal(["ada"], await NamesAsync(database));
    }

    [Fact]
    public async Task A_closed_database_says_so()
    {
        var database = Open();
        await database.MigrateAsync(Token);
        ((SqliteDatabase)database).Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => NamesAsync(database));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(transaction => AddUserAsync(transaction, "ada"), Token));
    }

    protected override Database Open() => data.Open();
}
