using Chatbot.Core.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chatbot.Backends.Embedded.Sqlite;

/// <summary>An empty database with the whole schema, for work that leaves nothing behind. Its file is gone when it is disposed of.</summary>
public sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "chatbot-scratch-" + Core.Ids.New());
    private readonly SqliteDatabase _database;

    private ScratchDatabase(TimeProvider clock) => _database = new SqliteDatabase(_directory, clock, NullLogger<SqliteDatabase>.Instance);

    public Database Database => _database;

    public static async Task<ScratchDatabase> CreateAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var scratch = new ScratchDatabase(clock);
        try
        {
            await scratch._database.MigrateAsync(cancellationToken);
            return scratch;
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        try
        {
            Directory.Delete(_directory, recursive: true);
        }
        catch (IOException)
        {
            // Never made, or still looked at by somebody: it is the system's directory for what may be lost.
        }

        return ValueTask.CompletedTask;
    }
}
