namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>Three lanes: questions, then what else somebody waits for, and bulk, which has time. Safe for concurrent use.</summary>
internal sealed class EncoderQueue
{
    // Tokens that are encoded together; one longer text goes alone. More do not make a token cheaper, and
    // threads would end at more different times.
    private const int BulkTokens = 256;

    // About four questions. More together are no cheaper (measured: a token costs the same from twelve on), and each
    // would wait for the last of them.
    private const int QuestionTokens = 48;

    private readonly object _gate = new();
    private readonly Queue<EncoderJob> _questions = new();
    private readonly Queue<EncoderJob> _soon = new();
    private readonly Queue<EncoderJob> _bulk = new();
    // Read without the lock between two steps of bulk work; a missed one is seen two milliseconds later.
    private volatile int _questionCount;
    private bool _closed;

    /// <exception cref="ObjectDisposedException">Closed.</exception>
    public void Add(EncoderJob job, EncoderLane lane)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            (lane switch { EncoderLane.Question => _questions, EncoderLane.Soon => _soon, _ => _bulk }).Enqueue(job);
            _questionCount = _questions.Count;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for work and takes a batch of one lane, questions first. It is empty when all that was waiting
    /// had been cancelled.</summary>
    /// <param name="urgent">They are questions.</param>
    /// <returns>False when the queue is closed.</returns>
    public bool TakeNext(List<EncoderJob> batch, out bool urgent)
    {
        lock (_gate)
        {
            while (_questions.Count + _soon.Count + _bulk.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            urgent = _questions.Count > 0;
            Take(urgent ? _questions : _soon.Count > 0 ? _soon : _bulk, urgent ? QuestionTokens : BulkTokens, batch);
            return !_closed;
        }
    }

    /// <summary>Takes a batch of questions if there are any, without waiting.</summary>
    public bool TakeQuestions(List<EncoderJob> batch)
    {
        if (_questionCount == 0)
            return false;
        lock (_gate)
            Take(_questions, QuestionTokens, batch);
        return batch.Count > 0;
    }

    /// <summary>Ends all waiting; what is still queued is cancelled.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var job in _questions.Concat(_soon).Concat(_bulk))
                job.Abandon();
            _questions.Clear();
            _soon.Clear();
            _bulk.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    private void Take(Queue<EncoderJob> lane, int maxTokens, List<EncoderJob> batch)
    {
        batch.Clear();
        var tokens = 0;
        while (lane.TryPeek(out var job) && (batch.Count == 0 || tokens + job.Ids.Length <= maxTokens))
        {
            lane.Dequeue();
            if (!job.IsWanted())
                continue;
            batch.Add(job);
            tokens += job.Ids.Length;
        }

        _questionCount = _questions.Count;
    }
}
