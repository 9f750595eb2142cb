using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Answering.Generating;

/// <summary>How long a model may think. Section <c>Generation</c>.</summary>
public sealed class GenerationOptions
{
    /// <summary>A model that has not said its first word by then is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A model that falls silent for so long within its answer is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan NextTokenTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a sentence waits to be compared with its sources by meaning; after that it is let through.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Tokens of an answer at most.</summary>
    [Range(16, 100_000)]
    public int MaxTokens { get; set; } = 800;

    /// <summary>Tokens of passages in a prompt at most. Eight of them have some 3,000 in a European language; a small local model may have room for less.</summary>
    [Range(200, 200_000)]
    public int ContextTokens { get; set; } = 6_000;

    /// <summary>Tokens of what was said before in a prompt at most; the newest messages stay.</summary>
    [Range(100, 100_000)]
    public int HistoryTokens { get; set; } = 1_000;

    /// <summary>How long a model may take to make a follow-up question understandable by itself; zero leaves it to rules. A visitor waits for it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan CondenseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a model may take to say what a message means that is near an example and not near enough. On top of what the answer takes: a visitor notices more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan IntentTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>0 (the most likely word each time) to 2.</summary>
    [Range(0, 2)]
    public float Temperature { get; set; } = 0.2f;
}

[OptionsValidator]
internal sealed partial class GenerationOptionsValidator : IValidateOptions<GenerationOptions>;
