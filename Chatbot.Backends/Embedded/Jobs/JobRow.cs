using Chatbot.Backends.Data;
using Chatbot.Core.Jobs;

namespace Chatbot.Backends.Embedded.Jobs;

/// <summary>A row of the table <c>jobs</c>.</summary>
internal sealed class JobRow
{
    public const string Columns = "sequence, id, queue, body, trace_parent, state, not_before, lease, attempts, error, died_at";

    public long Sequence { get; set; }

    public string Id { get; set; } = "";

    public string Queue { get; set; } = "";

    public string Body { get; set; } = "";

    public string? TraceParent { get; set; }

    public string State { get; set; } = "";

    public long NotBefore { get; set; }

    public string? Lease { get; set; }

    public int Attempts { get; set; }

    public string? Error { get; set; }

    public long? DiedAt { get; set; }

    public Job ToJob() => new(Id, Queue, Body) { TraceParent = TraceParent, NotBefore = Stored.Time(NotBefore) };
}
