namespace Chatbot.Backends.Embedded.Index;

/// <summary>Work of a search that another thread does meanwhile, if one has time for it.</summary>
internal static class SideWork
{
    public static SideWork<T> Start<T>(Func<T> work)
    {
        var started = new SideWork<T>(work);
        ThreadPool.UnsafeQueueUserWorkItem(started, preferLocal: false);
        return started;
    }
}

/// <summary>Whoever comes first does the work: a thread of the pool, or the one that asks for the result, which never waits for a busy pool.</summary>
internal sealed class SideWork<T>(Func<T> work) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> _result = new();
    private int _isTaken;

    /// <summary>Does the work or waits for whoever is at it. Throws what the work throws.</summary>
    public Task<T> GetAsync()
    {
        ((IThreadPoolWorkItem)this).Execute();
        return _result.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0) return;
        try
        {
            _result.SetResult(work());
        }
        catch (Exception error)
        {
            _result.SetException(error);
        }
    }
}
