using System.Numerics;

namespace Chatbot.Crawler.Likeness;

/// <summary>
/// A fingerprint of 64 bits that differs in few bits where texts differ in few words. After Charikar, "Similarity Estimation
/// Techniques from Rounding Algorithms" (2002); the width, and the distance that counts as near, after Manku, Jain and Das
/// Sarma, "Detecting Near-Duplicates for Web Crawling" (2007), who found 64 bits and a distance of 3 right for the web.
/// </summary>
internal static class SimHash
{
    public const int Near = 3;

    /// <param name="words">In their order: features are pairs of neighbours.</param>
    public static long Of(IReadOnlyList<string> words)
    {
        var ones = new int[64];
        var pairs = 0;
        for (var (i, before) = (0, 0UL); i < words.Count; i++)
        {
            var word = Hash(words[i]);
            if (i > 0)
            {
                var pair = Mix(BitOperations.RotateLeft(before, 27) ^ word);
                for (var bit = 0; bit < 64; bit++)
                    ones[bit] += (int)(pair >> bit) & 1;
                pairs++;
            }

            before = word;
        }

        var fingerprint = 0UL;
        for (var bit = 0; bit < 64; bit++)
            if (ones[bit] * 2 > pairs)
                fingerprint |= 1UL << bit;

        return (long)fingerprint;
    }

    /// <returns>Bits that differ, 0 to 64.</returns>
    public static int Distance(long a, long b) => BitOperations.PopCount((ulong)(a ^ b));

    // FNV-1a over UTF-16 units, then mixed: kept over runs, so it must never change.
    private static ulong Hash(string word)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var character in word)
            hash = (hash ^ character) * 1_099_511_628_211UL;

        return Mix(hash);
    }

    // The finaliser of SplitMix64: every bit of the input turns each bit of the output with even chance.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
