using Chatbot.Api.Answering.Grounding;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Grounding;

public sealed class SentenceStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1_000)]
    public void Sentences_come_whole_with_their_citations_and_all_of_the_text_is_shown(int piece)
    {
        const string Text = "It costs 60 euros. [1][2] Bring a photo [3].\n- The first item\n- The second one, e.g. this\n\n```\nlet x = 1;\n```\nEnd";
        var stream = new SentenceStream("en");
        var (sentences, shown) = (new List<string>(), "");

        foreach (var part in Text.Chunk(piece).Select(chars => new string(chars)).Append(""))
        {
            stream.Add(part);
            while (stream.TakeComplete(isEnd: part.Length == 0, out var unshown) is { } sentence)
            {
                if (sentence.Length > 0) sentences.Add(sentence);
                shown += unshown;
            }

            shown += stream.TakeOpen();
        }

        Assert.Equal(["It costs 60 euros. [1][2]", "Bring a photo [3].", "- The first item", "- The second one, e.g. this", "End"], sentences);
        Assert.Equal(Text, shown);
    }

    [Fact]
    public void Words_are_shown_before_their_sentence_is_over()
    {
        var stream = new SentenceStream("en");

        stream.Add("It costs ");

        Assert.Null(stream.TakeComplete(isEnd: false, out _));
        Assert.Equal("It costs", stream.TakeOpen());
    }
}
