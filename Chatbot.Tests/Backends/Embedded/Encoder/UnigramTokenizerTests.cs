using System.Text;
using Chatbot.Backends.Embedded.Encoder;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Encoder;

public sealed class UnigramTokenizerTests
{
    private const string Prefix = "passage: ";

    [Fact]
    public void Ids_of_all_reference_texts_are_equal()
    {
        foreach (var line in Reference.Lines)
            Assert.Equal(line.Ids, Reference.Tokenizer.Encode(line.Kind + ": ", line.Text));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("=")]
    [InlineData("的")]
    [InlineData("\u0e01\u0e34")]
    [InlineData("e\u0301")]
    [InlineData("\U0001F680")]
    [InlineData("\u0001x")]
    [InlineData("Donaudampfschifffahrtsgesellschaft")]
    [InlineData("市民服务中心的开放时间")]
    public void A_word_of_any_length_begins_with_the_ids_that_the_whole_word_has(string part)
    {
        var word = string.Concat(Enumerable.Repeat(part, 5_000 / part.Length));

        var ids = Reference.Tokenizer.Encode(Prefix, word);

        Assert.Equal(WholeWordSegmentation.Encode(Reference.File, Prefix, word).Take(ids.Length - 1), ids.SkipLast(1));
    }

    [Fact]
    public void Mixed_words_without_blanks_are_segmented_as_a_whole()
    {
        var random = new Random(17);
        var parts = Reference.Lines.Where(line => !line.Text.Contains('\uFFFE', StringComparison.Ordinal))
            .SelectMany(line => line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var word = new StringBuilder();
        while (word.Length < 3_000)
            word.Append(parts[random.Next(parts.Length)]);

        var ids = Reference.Tokenizer.Encode(Prefix, word.ToString());

        Assert.Equal(WholeWordSegmentation.Encode(Reference.File, Prefix, word.ToString()).Take(ids.Length - 1), ids.SkipLast(1));
    }

    [Fact]
    public void Five_megabytes_give_the_ids_of_their_beginning()
    {
        var text = string.Concat(Enumerable.Repeat("Die Öffnungszeiten des Rathauses: Mo–Fr 8–12 Uhr. ", 100_000));

        var ids = Reference.Tokenizer.Encode(Prefix, text);

        Assert.Equal(UnigramTokenizer.MaxIds, ids.Length);
        Assert.Equal(Reference.Tokenizer.Encode(Prefix, text[..5_000]), ids);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('的')]
    [InlineData('\u0301')]
    public void A_hundred_thousand_characters_without_a_blank_fill_the_text(char character)
    {
        var ids = Reference.Tokenizer.Encode(Prefix, "x" + new string(character, 100_000));

        Assert.Equal((0, 2, UnigramTokenizer.MaxIds), (ids[0], ids[^1], ids.Length));
    }

    [Fact]
    public void Lone_surrogates_count_as_replacement_characters()
    {
        var ids = Reference.Tokenizer.Encode(Prefix, "one\uD83D two \uDE80three é\uD800");

        Assert.Equal(Reference.Tokenizer.Encode(Prefix, "one\uFFFD two \uFFFDthree é\uFFFD"), ids);
    }

    [Fact]
    public void A_NUL_is_an_unknown_piece()
    {
        Assert.Contains(PieceTable.Unknown, Reference.Tokenizer.Encode(Prefix, "a\0b"));
    }

    [Fact]
    public void Composed_and_decomposed_letters_are_the_same_also_across_slices()
    {
        var composed = string.Concat(Enumerable.Repeat("Ünïcödé ệ 각 ", 400));
        var decomposed = composed.Normalize(NormalizationForm.FormD);

        // Shifted by some characters, so that slices end everywhere within letters.
        for (var shift = 0; shift < 8; shift++)
        {
            var start = new string('x', 2_040 + shift) + ' ';
            Assert.Equal(Read(start + composed), Read(start + decomposed));
        }

        static List<uint> Read(string text)
        {
            var reader = new NormalizedReader(CharacterMap.Load(Reference.File));
            reader.Begin(text);
            var codePoints = new List<uint>();
            while (reader.TryRead(out var codePoint))
                codePoints.Add(codePoint);
            return codePoints;
        }
    }
}
