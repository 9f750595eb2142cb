namespace Chatbot.Backends.Embedded;

/// <summary>Makes directories below the data directory, with a message that helps when it cannot be done.</summary>
internal static class DataDirectory
{
    /// <exception cref="StorageException">It cannot be made or written.</exception>
    public static void Ensure(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            // Rights, quotas and read-only mounts are seen for sure only by writing.
            var probe = Path.Combine(directory, $".probe-{Core.Ids.New()}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new StorageException(
                $"The data directory {directory} cannot be written by user {Environment.UserName}: {error.Message} "
                + "Give that user write permission there, or name another directory with --data or CHATBOT_DATA.",
                error);
        }
    }
}
