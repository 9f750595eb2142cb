using System.Diagnostics;
using System.Text;
using Chatbot.Core.Answering;

namespace Chatbot.Api.Answering;

/// <summary>Puts the events of one question together. Not safe for concurrent use.</summary>
internal sealed class ReplyCollector
{
    private readonly StringBuilder text = new();
    private AnswerEvent.Meta? meta;
    private IReadOnlyList<Citation> citations = [];
    private IReadOnlyList<TraceStep>? trace;
    private RetrievedPassages? passages;

    /// <summary>How it ended; once all events were added.</summary>
    public AskResult Result { get; private set; } = new AskResult.Rejected(AskProblem.Broken);

    public void Add(AnswerEvent happened)
    {
        switch (happened)
        {
            case AnswerEvent.Meta it: meta = it; break;
            case AnswerEvent.Delta(var piece): text.Append(piece); break;
            case AnswerEvent.Sources(var all): citations = all; break;
            case AnswerEvent.Passages(var found): passages = found; break;
            case AnswerEvent.Trace(var steps): trace = steps; break;
            case AnswerEvent.Error(var problem): Result = new AskResult.Rejected(problem); break;
            case AnswerEvent.Done done: Result = new AskResult.Answered(Reply(done)); break;
            default: throw new UnreachableException($"Unhandled {happened}");
        }
    }

    private AskReply Reply(AnswerEvent.Done done) => new()
    {
        Answer = text.ToString(),
        Citations = citations,
        Refused = done.Refused,
        Degraded = done.Degraded,
        ConversationId = meta?.ConversationId ?? "",
        Ms = done.Ms,
        MessageId = meta?.MessageId ?? "",
        Language = meta?.Language ?? "",
        Cached = done.Cached,
        Model = done.Model,
        Notice = done.Notice,
        Usage = done.Usage,
        FaqId = done.FaqId,
        Intent = done.Intent,
        Topics = done.Topics,
        Choices = done.Choices,
        Unsourced = done.Unsourced,
        Trace = trace,
        Passages = passages,
    };
}
