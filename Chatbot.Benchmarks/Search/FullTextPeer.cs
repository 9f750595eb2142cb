using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Chatbot.Benchmarks.Search;

/// <summary>SQLite's FTS5 over the same texts and words: the best hundred by its BM25, as row numbers without their texts.</summary>
internal static class FullTextPeer
{
    private const int QuestionsAsked = 200;

    public static void Measure(string path, SyntheticCorpus corpus, List<(string Words, float[] Vector)> questions, Report report)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Fill(connection, corpus, report);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rowid FROM texts WHERE texts MATCH $words ORDER BY rank LIMIT 100";
        var words = command.Parameters.Add("$words", SqliteType.Text);
        var times = new List<double>();
        foreach (var (question, _) in questions.Take(QuestionsAsked))
        {
            var started = Stopwatch.GetTimestamp();
            words.Value = string.Join(" OR ", question.Split(' ').Select(word => $"\"{word}\""));
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read()) _ = reader.GetInt64(0);
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        report.AddTimes("peer: SQLite FTS5, words alone, no texts", times);
    }

    private static void Fill(SqliteConnection connection, SyntheticCorpus corpus, Report report)
    {
        Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536");
        Run(connection, "CREATE TABLE IF NOT EXISTS complete (chunks INTEGER)");
        if (Run(connection, "SELECT MAX(chunks) FROM complete") is not DBNull) return;
        var started = Stopwatch.GetTimestamp();
        Run(connection, "DROP TABLE IF EXISTS texts; CREATE VIRTUAL TABLE texts USING fts5(text, title, content='', tokenize='porter unicode61'); BEGIN");
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO texts (rowid, text, title) VALUES ($number, $text, $title)";
        var (number, text, title) = (command.Parameters.Add("$number", SqliteType.Integer), command.Parameters.Add("$text", SqliteType.Text), command.Parameters.Add("$title", SqliteType.Text));
        for (var document = 0; document < corpus.Documents; document++)
        {
            foreach (var chunk in corpus.MakeDocument(document, 1))
            {
                (number.Value, text.Value, title.Value) = ((long)document * SyntheticCorpus.ChunksPerDocument + chunk.Ordinal, chunk.Text, chunk.Title);
                command.ExecuteNonQuery();
            }
        }

        Run(connection, "COMMIT; INSERT INTO complete VALUES (1)");
        Report.Progress($"FTS5 filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
