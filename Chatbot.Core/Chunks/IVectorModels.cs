namespace Chatbot.Core.Chunks;

/// <summary>
/// Takes an index from one embedding model to another. Vectors of two models are never compared: those of the configured
/// one are made beside the others, and questions are compared with the others until all of the new ones are there; where
/// the model before can no longer be asked, words alone decide meanwhile. Safe for concurrent use.
/// </summary>
public interface IVectorModels
{
    /// <summary>The key of the generator for texts: of the configured model, whichever questions are asked of meanwhile.</summary>
    const string TextsKey = "texts";

    /// <summary>Whether texts wait for vectors of this process's model. False when another process has begun with another one: all on one data directory need the same settings.</summary>
    bool IsWanted { get; }

    /// <summary>Whether questions are still compared with the vectors of the model before.</summary>
    bool IsBuilding { get; }

    /// <summary>Notes that texts get vectors of the configured model from now on. Repeating it changes nothing.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Compares questions with the vectors of the configured model from now on, if no text waits for one any more.</summary>
    /// <returns>Whether that is so.</returns>
    Task<bool> SwitchAsync(CancellationToken cancellationToken);

    /// <summary>Forgets vectors of models that were replaced a day ago: until then the way back costs nothing.</summary>
    /// <returns>How many.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken);
}
