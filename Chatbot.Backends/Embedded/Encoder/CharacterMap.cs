namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>Replaces single code points by runs of others (full-width by plain letters, every kind of blank by U+0020),
/// as the model's tokenizer was trained.</summary>
/// <param name="from">Code points that are replaced, ascending.</param>
/// <param name="offsets">Run i of <paramref name="to"/> is offsets[i] to offsets[i + 1]; it may be empty.</param>
internal sealed class CharacterMap(uint[] from, uint[] offsets, uint[] to)
{
    public static CharacterMap Load(SafetensorsFile file)
    {
        var from = file.ReadAll<uint>(file.FindVector("tokenizer.normalizer_from", "U32"));
        var offsets = file.ReadAll<uint>(file.Find("tokenizer.normalizer_offsets", "U32", from.Length + 1));
        var to = file.ReadAll<uint>(file.FindVector("tokenizer.normalizer_to", "U32"));
        for (var i = 0; i < from.Length; i++)
        {
            if (offsets[i] > offsets[i + 1] || offsets[i + 1] > to.Length)
                throw new ModelFileException(file.Path, "the character table of its tokenizer is damaged");
        }

        return new CharacterMap(from, offsets, to);
    }

    /// <returns>False when the code point stays as it is.</returns>
    public bool TryMap(uint codePoint, out ReadOnlySpan<uint> replacement)
    {
        var index = from.AsSpan().BinarySearch(codePoint);
        if (index < 0)
        {
            replacement = default;
            return false;
        }

        replacement = to.AsSpan((int)offsets[index], (int)(offsets[index + 1] - offsets[index]));
        return true;
    }
}
