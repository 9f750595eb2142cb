namespace Chatbot.Core.Chunks;

/// <summary>What of a chunk is given to the embedding model.</summary>
public static class EmbeddingText
{
    /// <summary>Title and headings before the text: a passage alone often does not name what it is about.</summary>
    public static string Of(Chunk chunk)
    {
        var headings = string.Join(" › ", chunk.HeadingPath.Prepend(chunk.Title).Where(h => !string.IsNullOrWhiteSpace(h)));
        return headings.Length == 0 ? chunk.Text : $"{headings}\n{chunk.Text}";
    }

    /// <summary>Names the text: chunks with the same one share a vector.</summary>
    public static string HashOf(Chunk chunk) => Ids.Hash(Of(chunk));
}
