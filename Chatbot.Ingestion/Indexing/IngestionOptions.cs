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
}

[OptionsValidator]
internal sealed partial class IngestionOptionsValidator : IValidateOptions<IngestionOptions>;
