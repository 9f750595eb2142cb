using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Retrieval;

/// <summary>How long a visitor's question waits for the embedding model; after that it is answered by words. Section <c>Meaning</c>.</summary>
public sealed class MeaningOptions
{
    /// <summary>For the question's own vector: without it there is no meaning at all, and loading the model takes a moment.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan QuestionTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>For vectors of likely passages that have none yet, the wait for a busy model included; and again for those of their sentences.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan PassagesTimeout { get; set; } = TimeSpan.FromMilliseconds(1_200);

    /// <summary>For vectors of examples of intents that have none yet: a question that is not routed is a question.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan ExamplesTimeout { get; set; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>For vectors of stored questions that have none yet. One entry takes a few milliseconds; whoever asks right after saving it shall get its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan FaqsTimeout { get; set; } = TimeSpan.FromMilliseconds(500);
}

[OptionsValidator]
internal sealed partial class MeaningOptionsValidator : IValidateOptions<MeaningOptions>;
