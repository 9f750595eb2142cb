using System.Diagnostics;
using Chatbot.Backends.Embedded.Encoder.Kernels;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// The threads that encode, one for each core. Bulk work stops between two steps, every two milliseconds or so, and lets
/// questions pass on the same thread, in the order they came, until none waits: a question never waits behind a text, and
/// cores are not fought over. Where questions never end, bulk goes on by a step now and then.
/// </summary>
/// <remarks>Threads of their own and not the pool's: a unit of work takes up to 0.2 s, and the pool's few threads are
/// the web server's.</remarks>
internal sealed class EncoderWorkers : IDisposable
{
    private readonly EncoderQueue _queue = new();
    private readonly Thread[] _threads;

    public EncoderWorkers(EncoderModel model, KernelPath path, int threads)
    {
        _threads = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(() => new Worker(_queue, model, path).Run()) { IsBackground = true, Name = $"encoder-{i}" };
            _threads[i].Start();
        }
    }

    public Task<float[]> EncodeAsync(int[] ids, EncoderLane lane, CancellationToken cancellationToken)
    {
        var job = new EncoderJob(ids, cancellationToken);
        _queue.Add(job, lane);
        return job.Vector;
    }

    public void Dispose()
    {
        _queue.Close();
        foreach (var thread in _threads)
            thread.Join();
    }

    private sealed class Worker(EncoderQueue queue, EncoderModel model, KernelPath path) : IYieldPoint
    {
        // Bulk keeps a fiftieth of the processors under any load of questions: somebody waits for it, too, if not so soon.
        private static readonly TimeSpan LongestPrecedence = TimeSpan.FromMilliseconds(100);

        private readonly List<EncoderJob> _batch = [];
        private readonly List<EncoderJob> _questions = [];
        private readonly TextEncoder _encoder = TextEncoder.Create(model, path);
        // Questions come in the middle of other work, so they have their own working memory.
        private readonly TextEncoder _questionEncoder = TextEncoder.Create(model, path);

        public void Run()
        {
            while (queue.TakeNext(_batch, out var urgent))
                Encode(urgent ? _questionEncoder : _encoder, _batch, urgent ? null : this);
        }

        public void Yield()
        {
            var started = Stopwatch.GetTimestamp();
            while (queue.TakeQuestions(_questions))
            {
                Encode(_questionEncoder, _questions, null);
                if (Stopwatch.GetElapsedTime(started) > LongestPrecedence)
                    return;
            }
        }

        // Whatever goes wrong belongs to those who wait for the vectors; the thread goes on.
        private static void Encode(TextEncoder encoder, List<EncoderJob> batch, IYieldPoint? yieldPoint)
        {
            if (batch.Count == 0)
                return;
            try
            {
                var vectors = encoder.Encode(batch.ConvertAll(job => job.Ids), yieldPoint);
                for (var i = 0; i < vectors.Length; i++)
                    batch[i].Complete(vectors[i]);
            }
            catch (Exception error)
            {
                foreach (var job in batch)
                    job.Fail(error);
            }
        }
    }
}
