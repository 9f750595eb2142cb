namespace Chatbot.Backends.Embedded.Index;

/// <summary>A lock between processes that ends with its holder, however that ends.</summary>
internal sealed class FileTurn : IDisposable
{
    private readonly FileStream _stream;

    private FileTurn(FileStream stream) => _stream = stream;

    /// <returns>Null when another one has it.</returns>
    public static FileTurn? TryTake(string path)
    {
        try
        {
            return new FileTurn(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();
}
