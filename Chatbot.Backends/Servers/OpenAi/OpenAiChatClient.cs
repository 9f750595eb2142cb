using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Chatbot.Backends.Servers.OpenAi;

/// <summary>
/// OpenAI's SDK as the platform's chat client: texts in, texts out. One attempt a request, whose failure is a
/// <see cref="Core.Answering.ModelFailedException"/>. Safe for concurrent use.
/// </summary>
internal sealed class OpenAiChatClient : IChatClient
{
    private readonly LlmProvider _provider;
    private readonly OpenAIClientOptions _settings;
    private readonly ChatClientMetadata _metadata;

    // Names of models that requests chose among the configured ones.
    private readonly ConcurrentDictionary<string, ChatClient> _clients = new(StringComparer.Ordinal);

    public OpenAiChatClient(LlmProvider provider)
    {
        _provider = provider;
        _settings = new OpenAIClientOptions
        {
            // Who asks knows whether there is another model, and how long a visitor waits.
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (provider.BaseUrl is not null) _settings.Endpoint = provider.BaseUrl;
        _metadata = new ChatClientMetadata("openai", _settings.Endpoint, provider.Model);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var settings = new ChatCompletionOptions { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature, TopP = options?.TopP };
        await using var updates = ClientOf(options?.ModelId ?? _provider.Model)
            .CompleteChatStreamingAsync(messages.Select(Convert), settings, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(updates, cancellationToken))
        {
            var update = updates.Current;
            var contents = update.ContentUpdate.Where(part => !string.IsNullOrEmpty(part.Text)).Select(AIContent (part) => new TextContent(part.Text)).ToList();
            if (update.Usage is { } usage)
            {
                contents.Add(new UsageContent(new UsageDetails
                {
                    InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount, TotalTokenCount = usage.TotalTokenCount,
                }));
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, contents)
            {
                FinishReason = update.FinishReason is { } reason ? Convert(reason) : null,
                ModelId = update.Model,
                ResponseId = update.CompletionId,
            };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The SDK's connections are shared and close by themselves.
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw OpenAiFailure.Of(error, _provider.ApiKey, TimeProvider.System.GetUtcNow());
        }
    }

    // The SDK refuses an empty key; local servers do not look at it.
    private ChatClient ClientOf(string model) => _clients.GetOrAdd(
        model, static (model, it) => new ChatClient(model, new ApiKeyCredential(string.IsNullOrWhiteSpace(it._provider.ApiKey) ? "none" : it._provider.ApiKey), it._settings), this);

    private static OpenAI.Chat.ChatMessage Convert(ChatMessage message) =>
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
        : new UserChatMessage(message.Text);

    private static ChatFinishReason Convert(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        OpenAI.Chat.ChatFinishReason.ToolCalls or OpenAI.Chat.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };
}
