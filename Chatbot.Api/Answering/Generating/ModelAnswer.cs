using Chatbot.Backends.Servers.OpenAi;
using Chatbot.Core.Answering;
using Microsoft.Extensions.AI;

namespace Chatbot.Api.Answering.Generating;

/// <summary>
/// An answer of a model while it comes, watched over: silence and whatever else goes wrong is a
/// <see cref="ModelFailedException"/>. Not safe for concurrent use.
/// </summary>
internal sealed class ModelAnswer : IAsyncDisposable
{
    private readonly GenerationOptions _options;
    private readonly CancellationToken _asker;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private bool _isFinished;

    private ModelAnswer(LanguageModel model, string name, IList<ChatMessage> prompt, GenerationOptions options, TimeProvider clock, CancellationToken asker)
    {
        (_options, _asker) = (options, asker);
        _silence = new CancellationTokenSource(options.FirstTokenTimeout, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, asker);
        var settings = new ChatOptions { ModelId = name, MaxOutputTokens = options.MaxTokens, Temperature = options.Temperature };
        _updates = model.Client.GetStreamingResponseAsync(prompt, settings, _either.Token).GetAsyncEnumerator(_either.Token);
    }

    /// <summary>What the model counted; null until it has said so, which not all do.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>The beginning of its text.</summary>
    public string First { get; private set; } = "";

    /// <summary>Asks the model and waits for its first words.</summary>
    /// <param name="name">Which of the provider's models.</param>
    /// <exception cref="ModelFailedException">It did not answer, or said nothing.</exception>
    public static async Task<ModelAnswer> BeginAsync(
        LanguageModel model, string name, IList<ChatMessage> prompt, GenerationOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var answer = new ModelAnswer(model, name, prompt, options, clock, cancellationToken);
        try
        {
            answer.First = await answer.NextAsync() ?? throw new ModelFailedException("it ended without a word") { MayPass = true };
            return answer;
        }
        catch
        {
            await answer.DisposeAsync();
            throw;
        }
    }

    /// <returns>The next piece of its text; null at its end.</returns>
    /// <exception cref="ModelFailedException">It fell silent or broke off.</exception>
    public async Task<string?> NextAsync()
    {
        while (await MoveAsync())
        {
            var update = _updates.Current;
            _isFinished |= update.FinishReason is not null;
            if (update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details is { } counted)
                Usage = new TokenUsage(counted.InputTokenCount ?? 0, counted.OutputTokenCount ?? 0);
            if (update.Text.Length > 0) return update.Text;
        }

        // A stream that just stops was cut: every provider says why it finished.
        return _isFinished ? null : throw new ModelFailedException("its answer was cut off") { MayPass = true };
    }

    public async ValueTask DisposeAsync()
    {
        await _updates.DisposeAsync();
        _either.Dispose();
        _silence.Dispose();
    }

    private async Task<bool> MoveAsync()
    {
        try
        {
            var more = await _updates.MoveNextAsync();
            _silence.CancelAfter(_options.NextTokenTimeout);
            return more;
        }
        catch (Exception error) when (!_asker.IsCancellationRequested && error is not ModelFailedException)
        {
            // Who was silent once would be silent again for as long: the visitor has waited enough for this one.
            throw new ModelFailedException(_silence.IsCancellationRequested ? "it fell silent" : error.Message, error);
        }
    }
}
