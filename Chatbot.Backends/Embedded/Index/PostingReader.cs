namespace Chatbot.Backends.Embedded.Index;

/// <summary>Walks the chunks that hold a term, in rising order.</summary>
internal ref struct PostingReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public int Chunk { get; private set; } = -1;

    public TermCounts Counts { get; private set; }

    public bool MoveNext()
    {
        if (_at >= _bytes.Length) return false;
        Chunk += (int)Varint.Read(_bytes, ref _at);
        Counts = new TermCounts(_bytes[_at++]);
        return true;
    }
}
