using Microsoft.Data.Sqlite;

namespace Chatbot.Backends.Embedded.Sqlite;

/// <summary>What SQLite's result codes (sqlite.org/rescode.html) mean to us.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>Another connection is in the way; trying again helps.</summary>
    public static bool IsBusy(SqliteException error) => error.SqliteErrorCode is Busy or Locked;

    /// <summary>The operator must do something; what, says <see cref="ForOperator"/>.</summary>
    public static bool IsForOperator(SqliteException error) =>
        error.SqliteErrorCode is ReadOnly or IoError or Corrupt or Full or CannotOpen or NotADatabase;

    public static StorageException ForOperator(SqliteException error, string path) => new(
        error.SqliteErrorCode switch
        {
            NotADatabase => $"{path} is not a database of this program. Move it away to start with an empty one, or restore a backup.",
            Corrupt => $"The database {path} is damaged ({error.Message}). Restore a backup, or move it away to start with an empty one.",
            Full => $"The disk that holds {path} is full. Make room on it and start again.",
            IoError => $"The disk failed at {path} ({error.Message}). Check it; a network drive is no place for the database.",
            _ => $"The database {path} cannot be opened for writing by user {Environment.UserName}. Give that user write permission "
                + "to the file and its directory, or name another directory with --data or CHATBOT_DATA.",
        },
        error);
}
