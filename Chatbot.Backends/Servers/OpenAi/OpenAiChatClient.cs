using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Chatbot.Backends.Servers.OpenAi;

/// <summary>OpenAI's SDK as the platform's chat client: texts in, texts out. Safe for concurrent use.</summary>
internal sealed class OpenAiChatClient : IChatClient
{
    private readonly ChatClient client;
    private readonly ChatClientMetadata metadata;

    public OpenAiChatClient(LlmOptions options)
    {
        var settings = new OpenAIClientOptions
        {
            RetryPolicy = new ClientRetryPolicy(options.Retries),
            // The caller watches over time: a stream may take minutes and be fine.
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (options.BaseUrl is not null) settings.Endpoint = options.BaseUrl;
        // The SDK refuses an empty key; local servers do not look at it.
        client = new ChatClient(options.Model, new ApiKeyCredential(string.IsNullOrWhiteSpace(options.ApiKey) ? "none" : options.ApiKey), settings);
        metadata = new ChatClientMetadata("openai", settings.Endpoint, options.Model);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var settings = new ChatCompletionOptions { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature, TopP = options?.TopP };
        await foreach (var update in client.CompleteChatStreamingAsync(messages.Select(Convert), settings, cancellationToken))
        {
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
        : serviceType == typeof(ChatClientMetadata) ? metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The SDK's connections are shared and close by themselves.
    }

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
