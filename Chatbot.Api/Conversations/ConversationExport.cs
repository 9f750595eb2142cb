using System.Globalization;
using System.Text;
using System.Text.Json;
using Chatbot.Backends.Conversations;
using Chatbot.Core.Tables;

namespace Chatbot.Api.Conversations;

/// <summary>Writes conversations into a file, one after the other: however many there are, one is in memory. Safe for concurrent use.</summary>
internal sealed class ConversationExport(ConversationArchive archive)
{
    private static readonly string[] s_columns =
        ["conversation", "visitor", "time", "role", "text", "refused", "degraded", "helpful", "comment", "citations", "traceId", "intent", "model"];

    /// <summary>By the format's name, which is also the end of the file's name.</summary>
    public static IReadOnlyDictionary<string, string> MediaTypes { get; } = new Dictionary<string, string>
    {
        ["json"] = "application/json", ["csv"] = "text/csv; charset=utf-8", ["md"] = "text/markdown; charset=utf-8",
    };

    public async Task WriteAsync(ConversationFilter filter, string format, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await writer.WriteAsync(Opening(format).AsMemory(), cancellationToken);
        var separator = "";
        await foreach (var transcript in archive.ReadAsync(filter, cancellationToken))
        {
            await writer.WriteAsync(separator.AsMemory(), cancellationToken);
            await writer.WriteAsync(Text(transcript, format).AsMemory(), cancellationToken);
            separator = format == "json" ? ",\n" : "";
        }

        if (format == "json") await writer.WriteAsync("\n]\n".AsMemory(), cancellationToken);
    }

    private static string Opening(string format) => format switch
    {
        "json" => "[\n",
        "csv" => string.Join(',', s_columns) + "\n",
        _ => "",
    };

    private static string Text(Transcript transcript, string format) => format switch
    {
        "json" => JsonSerializer.Serialize(ConversationReply.From(transcript), ApiJson.Default.ConversationReply),
        "csv" => string.Concat(transcript.Messages.Select(message => Row(transcript.Conversation, message))),
        _ => Markdown(transcript),
    };

    private static string Row(Conversation conversation, ConversationMessage message)
    {
        string?[] cells =
        [
            conversation.Id, conversation.Visitor, Time(message.CreatedAt), message.Role == ConversationRole.User ? "user" : "assistant", message.Text,
            message.Refused ? "true" : "false", message.Degraded ? "true" : "false", message.Helpful is { } helpful ? (helpful ? "true" : "false") : null, message.Comment,
            string.Join(' ', message.Citations.Select(citation => citation.Url)), message.TraceId, message.Outcome?.Intent, message.Outcome?.Model,
        ];
        return string.Join(',', cells.Select(CsvCells.Quote)) + "\n";
    }

    // What visitors and pages wrote is quoted: a line of theirs is no heading of this file.
    private static string Markdown(Transcript transcript)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Time(transcript.Conversation.CreatedAt)} · {transcript.Conversation.Id}\n\n");
        foreach (var message in transcript.Messages)
        {
            text.Append(message.Role == ConversationRole.User ? "**?**\n\n" : "**!**\n\n");
            foreach (var line in message.Text.ReplaceLineEndings("\n").Split('\n')) text.Append("> ").Append(line).Append('\n');
            text.Append('\n');
            foreach (var citation in message.Citations) text.Append(CultureInfo.InvariantCulture, $"{citation.Number}. <{citation.Url}>\n");
            if (message.Citations.Count > 0) text.Append('\n');
            foreach (var topic in message.Outcome?.Topics ?? []) text.Append(CultureInfo.InvariantCulture, $"- <{topic.Url}>\n");
            if (message.Outcome?.Topics is { Count: > 0 }) text.Append('\n');
            if (message.Helpful is { } helpful) text.Append(helpful ? "👍" : "👎").Append(message.Comment is { } comment ? $" {comment.ReplaceLineEndings(" ")}" : "").Append("\n\n");
        }

        return text.ToString();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
