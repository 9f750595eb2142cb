// Derived from the C# runtime of Snowball 2.2.0 (https://snowballstem.org/). BSD-3-Clause, see LICENSE.txt:
// Copyright (c) 2001, Dr Martin Porter; 2002, Richard Boulton; 2015, Cesar Souza. All rights reserved.

namespace Chatbot.Core.TextAnalysis.Snowball;

/// <summary>One ending in a sorted table of endings.</summary>
/// <param name="text">The ending.</param>
/// <param name="shorter">Place of the longest other entry that this one contains at the searched side, or -1.</param>
/// <param name="result">What a match of this entry means, from 1.</param>
internal sealed class Among(string text, int shorter, int result)
{
    public readonly string Text = text;
    public readonly int Shorter = shorter;
    public readonly int Result = result;
}
