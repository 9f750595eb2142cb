namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>One text on its way through the encoder.</summary>
/// <param name="ids">1 to 512 ids.</param>
internal sealed class EncoderJob(int[] ids, CancellationToken cancellationToken)
{
    // Continuations elsewhere: a caller must not go on working on the encoder's thread.
    private readonly TaskCompletionSource<float[]> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int[] Ids { get; } = ids;

    /// <summary>The text's vector, of length 1.</summary>
    public Task<float[]> Vector => _completion.Task;

    /// <returns>False when nobody waits for it any longer; it is then cancelled.</returns>
    public bool IsWanted()
    {
        if (cancellationToken.IsCancellationRequested)
            _completion.TrySetCanceled(cancellationToken);
        return !_completion.Task.IsCompleted;
    }

    public void Complete(float[] vector) => _completion.TrySetResult(vector);

    public void Fail(Exception error) => _completion.TrySetException(error);

    public void Abandon() => _completion.TrySetCanceled(CancellationToken.None);
}
