using System.Runtime.CompilerServices;
using System.Text;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>
/// Finds the best segmentation of one word into pieces (Viterbi over code points, scores added in double precision; on
/// equal sums the one found first stays) while the word is still being read. Time is linear in the word's length.
/// Pieces come out as soon as no continuation can change them, so that a word of megabytes, such as a page of Chinese,
/// is not read to its end when the first five hundred pieces are all that is wanted. Reused for word after word; not
/// safe for concurrent use.
/// </summary>
internal sealed class WordSegmenter(PieceTable pieces)
{
    private const int WindowSize = 1024;
    private const int RingSize = 64;
    private const int FirstCheck = 256;
    private const int IdBits = 18;
    private const int IdMask = (1 << IdBits) - 1;

    // Code points not yet passed, and their UTF-8: code point i is at _utf8[_starts[i].._starts[i + 1]].
    private readonly uint[] _window = new uint[WindowSize];
    private readonly int[] _starts = new int[WindowSize + 1];
    private readonly byte[] _utf8 = new byte[WindowSize * 4];
    private int _windowStart;
    private int _windowEnd;

    // Best sum up to each boundary, by position modulo the size; only as many positions ahead as a piece is long matter.
    private readonly double[] _best = new double[RingSize];

    // For each boundary after _settled the piece that ends there: its length above its id.
    private int[] _arrivals = new int[FirstCheck * 2];
    private int _settled;
    private int _position;
    private int _checkAt;
    private bool _lastUnknown;

    private int[] _path = new int[64];

    public void Begin()
    {
        (_windowStart, _windowEnd, _settled, _position, _checkAt, _lastUnknown) = (0, 0, 0, 0, FirstCheck, false);
        _starts[0] = 0;
        _best.AsSpan().Fill(double.NegativeInfinity);
        _best[0] = 0;
    }

    /// <summary>Adds the word's next code point; appends what is certain by now to <paramref name="ids"/>.</summary>
    public void Add(uint codePoint, List<int> ids)
    {
        if (_windowEnd == WindowSize)
            SlideWindow();
        _window[_windowEnd] = codePoint;
        _starts[_windowEnd + 1] = _starts[_windowEnd] + new Rune(codePoint).EncodeToUtf8(_utf8.AsSpan(_starts[_windowEnd]));
        _windowEnd++;

        if (_windowEnd - _windowStart < pieces.MaxLength)
            return;
        Advance();
        if (_position - _settled >= _checkAt)
        {
            // Where paths never meet the next look waits twice as long, so that looking stays linear too.
            Settle(CommonBoundary(), ids);
            _checkAt = Math.Max(FirstCheck, (_position - _settled) * 2);
        }
    }

    /// <summary>Ends the word; the rest of its pieces goes to <paramref name="ids"/>.</summary>
    public void End(List<int> ids)
    {
        while (_windowStart < _windowEnd)
            Advance();
        Settle(_position, ids);
    }

    // Tries all pieces that begin at the current position.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Advance()
    {
        var sum = _best[_position % RingSize];
        _best[_position % RingSize] = double.NegativeInfinity;
        var longest = Math.Min(pieces.LongestFrom(_window[_windowStart]), _windowEnd - _windowStart);
        Reserve(_position + pieces.MaxLength - _settled);

        var (hash, byteStart, single) = (0u, _starts[_windowStart], false);
        for (var length = 1; length <= longest; length++)
        {
            hash = PieceTable.Hash(hash, _window[_windowStart + length - 1]);
            var utf8 = _utf8.AsSpan(byteStart, _starts[_windowStart + length] - byteStart);
            if (!pieces.TryFind(hash, utf8, out var id))
                continue;
            single |= length == 1;
            Arrive(length, id, sum + pieces.Score(id));
        }

        if (!single)
            Arrive(1, PieceTable.Unknown, sum + pieces.UnknownScore);
        _windowStart++;
        _position++;
    }

    private void Arrive(int length, int id, double sum)
    {
        ref var best = ref _best[(_position + length) % RingSize];
        if (sum > best)
        {
            best = sum;
            _arrivals[_position + length - _settled - 1] = length << IdBits | id;
        }
    }

    // Every way on leaves one of the last MaxLength boundaries, whose own best ways are final.
    // What all of these have in common is certain.
    private int CommonBoundary()
    {
        var common = _position;
        for (var other = _position - 1; other > _position - pieces.MaxLength && common > _settled; other--)
        {
            var candidate = Math.Max(other, _settled);
            while (common != candidate)
            {
                if (common > candidate)
                    common -= _arrivals[common - _settled - 1] >> IdBits;
                else
                    candidate -= _arrivals[candidate - _settled - 1] >> IdBits;
            }
        }

        return common;
    }

    private void Settle(int boundary, List<int> ids)
    {
        var count = 0;
        for (var position = boundary; position > _settled;)
        {
            var arrival = _arrivals[position - _settled - 1];
            if (count == _path.Length)
                Array.Resize(ref _path, count * 2);
            _path[count++] = arrival & IdMask;
            position -= arrival >> IdBits;
        }

        while (count > 0)
        {
            var id = _path[--count];
            // Neighbouring unknown code points are one unknown piece.
            if (id != PieceTable.Unknown || !_lastUnknown)
                ids.Add(id);
            _lastUnknown = id == PieceTable.Unknown;
        }

        if (boundary > _settled)
        {
            var kept = Math.Min(_position + pieces.MaxLength, _settled + _arrivals.Length) - boundary;
            _arrivals.AsSpan(boundary - _settled, kept).CopyTo(_arrivals);
            _settled = boundary;
        }
    }

    private void Reserve(int boundaries)
    {
        if (_arrivals.Length < boundaries)
            Array.Resize(ref _arrivals, boundaries * 2);
    }

    private void SlideWindow()
    {
        var count = _windowEnd - _windowStart;
        var byteStart = _starts[_windowStart];
        _window.AsSpan(_windowStart, count).CopyTo(_window);
        _utf8.AsSpan(byteStart, _starts[_windowEnd] - byteStart).CopyTo(_utf8);
        for (var i = 0; i <= count; i++)
            _starts[i] = _starts[_windowStart + i] - byteStart;
        (_windowStart, _windowEnd) = (0, count);
    }
}
