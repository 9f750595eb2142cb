using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Backends.Embedded.Index;

public sealed class PhraseSearchTests : IDisposable
{
    private readonly WordIndexFixture index = new();

    [Theory]
    [InlineData("Wo kann ich \"Personalausweis beantragen\"?")]
    [InlineData("Wo kann ich “personal\u00ADausweis beantragen”?")]
    [InlineData("Wo kann ich „Personalausweis beantragen“?")]
    [InlineData("Wo kann ich «Personalausweis beantragen»?")]
    [InlineData("Wo kann ich 「Personalausweis beantragen」?")]
    public async Task Only_what_holds_a_quoted_phrase_is_found(string question)
    {
        var right = await index.AddAsync("Hier können Sie einen Personalausweis beantragen.", "de");
        await index.AddAsync("Personalausweis, Personalausweise: wer ihn beantragen will, kann einen Personalausweis auch online beantragen.", "de");

        var found = await index.AskAsync(question);

        var candidate = Assert.Single(found.Candidates);
        Assert.Equal(right.Id, candidate.Chunk.Id);
        Assert.Single(candidate.MatchedPhrases);
        Assert.True(Assert.Single(found.Phrases).IsFound);
    }

    [Fact]
    public async Task A_phrase_is_found_in_title_and_headings_too()
    {
        await index.AddAsync("Opens at nine.", "en", "The town library");
        await index.AddAsync("Opens at ten.", "en", "Services", "Our town library", "Hours");
        await index.AddAsync("The library of the town opens.", "en");

        Assert.Equal(2, (await index.FindAsync("when does the \"town library\" open")).Count);
    }

    [Fact]
    public async Task A_phrase_that_nothing_holds_is_said_to_be_missing_and_its_words_are_searched()
    {
        await index.AddAsync("The library of the town opens at nine.", "en");

        var found = await index.AskAsync("when does the \"town library\" open");

        Assert.Empty(Assert.Single(found.Candidates).MatchedPhrases);
        Assert.Equal(new QuestionPhrase("town library", IsFound: false), Assert.Single(found.Phrases));
    }

    [Fact]
    public async Task Of_two_phrases_chunks_with_both_go_before_chunks_with_one()
    {
        await index.AddAsync("Set shared buffers high.", "en");
        Assert.Equal([true, false], (await index.AskAsync("\"shared buffers\" \"max connections\"")).Phrases.Select(p => p.IsFound));

        var both = await index.AddAsync("Shared buffers and max_connections matter.", "en");
        var found = await index.AskAsync("\"shared buffers\" \"max connections\"");

        Assert.Equal(both.Id, Assert.Single(found.Candidates).Chunk.Id);
        Assert.Equal(["shared buffers", "max connections"], found.Candidates[0].MatchedPhrases);
    }

    [Fact]
    public async Task Meaning_does_not_get_round_a_phrase()
    {
        var (near, far) = (new float[384], new float[384]);
        (near[0], far[1]) = (1, 1);
        var similar = await index.AddAsync("Reading room hours.", "en");
        var right = await index.AddAsync("The town library.", "en");
        await index.SetVectorAsync(similar, near);
        await index.SetVectorAsync(right, far);

        var quoted = await index.AskAsync("\"town library\"", near);
        var missing = await index.AskAsync("\"town libraries of old\"", near);

        Assert.Equal(right.Id, Assert.Single(quoted.Candidates).Chunk.Id);
        Assert.NotNull(quoted.Candidates[0].Cosine);
        Assert.Equal(2, missing.Candidates.Count);
    }

    [Fact]
    public async Task Function_words_count_within_a_phrase()
    {
        await index.AddAsync("To question is not to answer, be it so or be it not.", "en");
        var right = await index.AddAsync("He said: to be or not to be.", "en");

        Assert.Equal([right.Text], await index.FindAsync("Who said \"to be or not to be\"?"));
        Assert.Equal([right.Text], await index.FindAsync("\"to be or not to be\""));
    }

    [Fact]
    public async Task Chinese_phrases_are_found()
    {
        await index.AddAsync("数据。据库管理。", "zh");
        var right = await index.AddAsync("安装数据库系统。", "zh");

        Assert.Equal([right.Text], await index.FindAsync("「数据库」怎么安装?"));
    }

    [Fact]
    public async Task A_phrase_is_found_among_many_chunks_that_hold_its_words()
    {
        for (var i = 0; i < 250; i++) await index.AddAsync($"library town library town number {i}", "en");
        var right = await index.AddAsync("A long text that names the rare town library once and goes on and on about quite other things.", "en");

        Assert.Equal([right.Text], await index.FindAsync("\"rare town library\""));
        Assert.Equal(100, (await index.FindAsync("\"town library\"")).Count);
    }

    [Fact]
    public async Task Deleted_chunks_hold_no_phrase()
    {
        var gone = await index.AddAsync("The town library.", "en");
        await index.AddAsync("The library and the town.", "en");
        await index.DeleteAsync(gone);

        Assert.False(Assert.Single((await index.AskAsync("\"town library\"")).Phrases).IsFound);
    }

    public void Dispose() => index.Dispose();
}
