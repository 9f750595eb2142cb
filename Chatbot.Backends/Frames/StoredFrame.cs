namespace Chatbot.Backends.Frames;

/// <summary>A site's frame as it is kept.</summary>
public sealed class StoredFrame
{
    public long Version { get; set; }

    public string Body { get; set; } = "";
}
