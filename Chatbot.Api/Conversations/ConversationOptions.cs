using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Conversations;

/// <summary>How conversations are kept. Section <c>Conversations</c>.</summary>
public sealed class ConversationOptions
{
    /// <summary>How often conversations that are older than their knowledge base keeps them are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
internal sealed partial class ConversationOptionsValidator : IValidateOptions<ConversationOptions>;
