using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Names the manifest entry of a conditional expression: its condition in words, and an xxHash32 (seed 0) over
/// condition, both branches and the value, so that manifests of either publisher name it alike.
/// </summary>
internal static partial class ConditionalNames
{
    // The five primes of xxHash32, from its specification.
    private const uint Prime1 = 2654435761, Prime2 = 2246822519, Prime3 = 3266489917, Prime4 = 668265263, Prime5 = 374761393;

    public static string Of(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        var expression = (condition as IManifestExpressionProvider)?.ValueExpression ?? condition.GetType().Name;
        var words = NotWord().Replace(expression.ToLowerInvariant(), "-").Trim('-');
        var hash = XxHash32(Encoding.UTF8.GetBytes(expression + whenTrue.ValueExpression + whenFalse.ValueExpression + matchValue));
        return string.Create(CultureInfo.InvariantCulture, $"cond-{words}-{hash:x8}");
    }

    internal static uint XxHash32(ReadOnlySpan<byte> data)
    {
        var rest = data;
        var hash = Prime5;
        if (data.Length >= 16)
        {
            uint a = unchecked(Prime1 + Prime2), b = Prime2, c = 0, d = unchecked(0 - Prime1);
            for (; rest.Length >= 16; rest = rest[16..])
            {
                a = Round(a, rest);
                b = Round(b, rest[4..]);
                c = Round(c, rest[8..]);
                d = Round(d, rest[12..]);
            }

            hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
                + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        }

        hash += (uint)data.Length;
        for (; rest.Length >= 4; rest = rest[4..])
            hash = BitOperations.RotateLeft(hash + BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime3, 17) * Prime4;
        foreach (var value in rest)
            hash = BitOperations.RotateLeft(hash + value * Prime5, 11) * Prime1;

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint Round(uint lane, ReadOnlySpan<byte> data) =>
        BitOperations.RotateLeft(lane + BinaryPrimitives.ReadUInt32LittleEndian(data) * Prime2, 13) * Prime1;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();
}
