// Derived from the C# runtime of Snowball 2.2.0 (https://snowballstem.org/). BSD-3-Clause, see LICENSE.txt:
// Copyright (c) 2001, Dr Martin Porter; 2002, Richard Boulton; 2015, Cesar Souza; 2018, Olly Betts. All rights reserved.

namespace Chatbot.Core.TextAnalysis.Snowball;

// The names are those that the generated code calls.
#pragma warning disable IDE1006, CA1707

/// <summary>
/// What generated stemmers run on: the word in a buffer, a cursor, the limits of the search and the slice to change.
/// Not safe for concurrent use; one instance stems any number of words.
/// </summary>
internal abstract class SnowballStemmer : IWordStemmer
{
    protected int cursor;
    protected int limit;
    protected int limit_backward;
    protected int bra;
    protected int ket;

    private char[] buffer = new char[64];

    /// <summary>The stem of a lower-case, composed word. The span is valid until the next call.</summary>
    public ReadOnlySpan<char> Stem(ReadOnlySpan<char> word)
    {
        if (buffer.Length < word.Length) buffer = new char[word.Length * 2];
        word.CopyTo(buffer);
        cursor = 0;
        limit_backward = 0;
        limit = word.Length;
        bra = 0;
        ket = limit;

        stem();

        return buffer.AsSpan(0, limit);
    }

    protected abstract bool stem();

    protected int in_grouping(string s, int min, int max, bool repeat)
    {
        do
        {
            if (cursor >= limit) return -1;
            if (!IsIn(s, min, max, buffer[cursor])) return 1;
            cursor++;
        }
        while (repeat);
        return 0;
    }

    protected int in_grouping_b(string s, int min, int max, bool repeat)
    {
        do
        {
            if (cursor <= limit_backward) return -1;
            if (!IsIn(s, min, max, buffer[cursor - 1])) return 1;
            cursor--;
        }
        while (repeat);
        return 0;
    }

    protected int out_grouping(string s, int min, int max, bool repeat)
    {
        do
        {
            if (cursor >= limit) return -1;
            if (IsIn(s, min, max, buffer[cursor])) return 1;
            cursor++;
        }
        while (repeat);
        return 0;
    }

    protected int out_grouping_b(string s, int min, int max, bool repeat)
    {
        do
        {
            if (cursor <= limit_backward) return -1;
            if (IsIn(s, min, max, buffer[cursor - 1])) return 1;
            cursor--;
        }
        while (repeat);
        return 0;
    }

    protected bool eq_s(string s)
    {
        if (limit - cursor < s.Length || !buffer.AsSpan(cursor, s.Length).SequenceEqual(s)) return false;
        cursor += s.Length;
        return true;
    }

    protected bool eq_s_b(string s)
    {
        if (cursor - limit_backward < s.Length || !buffer.AsSpan(cursor - s.Length, s.Length).SequenceEqual(s))
            return false;
        cursor -= s.Length;
        return true;
    }

    protected int find_among(Among[] v) => Find(v, forward: true);

    protected int find_among_b(Among[] v) => Find(v, forward: false);

    protected void slice_del() => Replace(bra, ket, "");

    protected void slice_from(string s) => Replace(bra, ket, s);

    protected void insert(int from, int to, string s)
    {
        var change = Replace(from, to, s);
        if (from <= bra) bra += change;
        if (from <= ket) ket += change;
    }

    private static bool IsIn(string s, int min, int max, char c) => c >= min && c <= max && s.Contains(c);

    // Binary search for the longest entry that matches at the cursor. The number of characters that the word shares
    // with the lower and the upper bound is remembered, so that no character is compared twice.
    private int Find(Among[] v, bool forward)
    {
        int low = 0, high = v.Length, sharedLow = 0, sharedHigh = 0;
        var start = cursor;
        var room = forward ? limit - start : start - limit_backward;
        var firstInspected = false;

        while (true)
        {
            var middle = low + ((high - low) >> 1);
            var shared = Math.Min(sharedLow, sharedHigh);
            var entry = v[middle].Text;
            var difference = 0;
            for (; shared < entry.Length; shared++)
            {
                if (shared == room)
                {
                    difference = -1;
                    break;
                }

                difference = forward
                    ? buffer[start + shared] - entry[shared]
                    : buffer[start - 1 - shared] - entry[entry.Length - 1 - shared];
                if (difference != 0) break;
            }

            if (difference < 0)
            {
                high = middle;
                sharedHigh = shared;
            }
            else
            {
                low = middle;
                sharedLow = shared;
            }

            if (high - low > 1) continue;
            // The first entry has not been compared yet when the search ran down to it.
            if (low > 0 || high == low || firstInspected) break;
            firstInspected = true;
        }

        for (var i = low; i >= 0; i = v[i].Shorter)
        {
            var length = v[i].Text.Length;
            if (sharedLow < length) continue;
            cursor = forward ? start + length : start - length;
            return v[i].Result;
        }

        return 0;
    }

    private int Replace(int from, int to, string s)
    {
        var change = s.Length - (to - from);
        if (limit + change > buffer.Length) Array.Resize(ref buffer, buffer.Length * 2 + change);
        Array.Copy(buffer, to, buffer, to + change, limit - to);
        s.CopyTo(0, buffer, from, s.Length);
        limit += change;
        if (cursor >= to) cursor += change;
        else if (cursor > from) cursor = from;
        return change;
    }
}
