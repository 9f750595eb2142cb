using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Indexing;

/// <summary>How much is ingested at once. Section <c>Ingestion</c>.</summary>
public sealed class IngestionOptions
{
    /// <summary>Documents at work at once in this process; 0 takes one per core.</summary>
    [Range(0, 64)]
    public int Workers { get; set; }

    /// <summary>Make vectors in the background, so that passages are found by meaning, too.</summary>
    public bool Embed { get; set; } = true;

    /// <summary>Not before so long after the start: the first visitors come first.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan EmbedDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An index that was built anew waits at most so long for the vectors of its texts before it takes the other's place without them.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan VectorPatience { get; set; } = TimeSpan.FromHours(2);
}

[OptionsValidator]
internal sealed partial class IngestionOptionsValidator : IValidateOptions<IngestionOptions>;
