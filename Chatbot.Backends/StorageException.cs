namespace Chatbot.Backends;

/// <summary>
/// What is stored cannot be used as it is: a directory that cannot be written, a file that is no database, a database of
/// a newer program. The message is for the operator: it names the place and what to do.
/// </summary>
public sealed class StorageException : Exception
{
    public StorageException()
    {
    }

    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
