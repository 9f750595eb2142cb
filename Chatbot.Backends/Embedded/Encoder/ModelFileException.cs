namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>The file of the local embedding model is missing, incomplete or not the expected one.
/// The message names the file, what is wrong with it and how to put it right.</summary>
public sealed class ModelFileException : Exception
{
    internal ModelFileException(string path, string problem, Exception? inner = null)
        : base($"The model file '{path}' cannot be used: {problem}. Put the file of the release back in its place "
            + "and try again; nothing has to be restarted.", inner)
    {
        FilePath = path;
    }

    /// <summary>The file that was tried.</summary>
    public string FilePath { get; }
}
