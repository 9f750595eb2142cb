using Chatbot.Backends.Embedded;
using Chatbot.Backends.Embedded.Sqlite;
using Chatbot.Backends.Migrations;
using Chatbot.Core.Data;
using Chatbot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded;

/// <summary>A data directory of a test's own, on which it may open several databases, as several processes do.</summary>
internal sealed class EmbeddedData : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<SqliteDatabase> opened = [];

    public string Directory => directory.Path;

    public IOptions<DataOptions> Options => Microsoft.Extensions.Options.Options.Create(new DataOptions { Directory = Directory });

    /// <summary>Opens the database without bringing its schema up to date.</summary>
    public SqliteDatabase Open(IReadOnlyList<Migration>? migrations = null)
    {
        var database = new SqliteDatabase(
            Directory, TimeProvider.System, NullLogger<SqliteDatabase>.Instance, migrations ?? MigrationFiles.Of(SqliteDialect.Instance));
        opened.Add(database);
        return database;
    }

    public async Task<Database> OpenMigratedAsync()
    {
        var database = Open();
        await database.MigrateAsync(TestContext.Current.CancellationToken);
        return database;
    }

    public void Dispose()
    {
        foreach (var database in opened)
            database.Dispose();
        directory.Dispose();
    }
}
