using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Reads one kind of document. Safe for concurrent use.</summary>
public interface IExtractor
{
    /// <summary>Changes whenever the same bytes may give another result.</summary>
    string Version { get; }

    bool Handles(ExtractionSource source);

    /// <exception cref="ExtractionFailedException">The document cannot be read.</exception>
    Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken);
}
