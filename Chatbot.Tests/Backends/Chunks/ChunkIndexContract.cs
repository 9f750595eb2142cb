using Chatbot.Core;
using Chatbot.Core.Chunks;
using Xunit;

namespace Chatbot.Tests.Backends.Chunks;

/// <summary>What every <see cref="IChunkIndex"/> does.</summary>
public abstract class ChunkIndexContract
{
        protected string KnowledgeBase { get; } = Ids.New();

    protected const int Dimensions = 384;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's index; opening it again is another process on the same data.</summary>
    protected abstract Task<IChunkIndex> OpenAsync();

    [Fact]
    public async Task An_empty_index_finds_nothing()
    {
        var index = await OpenAsync();

        var found = await SearchAsync(index, "anything");

        Assert.Empty(found.Candidates);
    }

    [Fact]
    public async Task A_document_is_found_by_a_word_in_another_form_as_soon_as_it_is_in()
    {
        var index = await OpenAsync();
        var chunk = await AddAsync(index, "Die Gebühren für den Personalausweis betragen 37 Euro.", "de");

        var found = await SearchAsync(index, "Welche Gebühr kostet ein Ausweis? Personalausweise");

        Assert.Equal(chunk.Id, Assert.Single(found.Candidates).Chunk.Id);
    }

    [Fact]
    public async Task A_chunk_comes_back_as_it_went_in()
    {
        var index = await OpenAsync();
        var chunk = Chunk("Tables hold rows.", "en") with { HeadingPath = ["Storage", "Tables"], Page = 7, Anchor = "rows", Title = "Handbook" };
        await index.ReplaceAsync(KnowledgeBase, chunk.DocumentId, 1, [chunk], Token);

        var found = await SearchAsync(index, "rows");

        Assert.Equivalent(chunk, Assert.Single(found.Candidates).Chunk, strict: true);
    }

    [Fact]
    public async Task What_a_filter_admits_is_found_however_much_else_suits_the_question_better()
    {
        var index = await OpenAsync();
        for (var i = 0; i < 8; i++) await AddAsync(index, $"Ferry, ferry: the ferry number {i}.", "en");
        var german = await AddAsync(index, "Von hier fährt unter anderem auch eine alte und selten benutzte Ferry über den langen Fluss.", "de");
        var far = Chunk("Whoever has time may take the slow and seldom used ferry over the long river from here.", "en") with { Url = "https://town.example/far/away" };
        await index.ReplaceAsync(KnowledgeBase, far.DocumentId, 1, [far], Token);
        await index.SetVectorsAsync([new TextVector(EmbeddingText.HashOf(german), Vector(0, 1)), new TextVector(EmbeddingText.HashOf(far), Vector(0, 1))], Token);
        var query = new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "ferry", Vector = Vector(1, 0), Limit = 3 };

        var inGerman = await index.SearchAsync(query with { Filter = new() { Language = "de" } }, Token);
        var below = await index.SearchAsync(query with { Filter = new() { UrlPrefix = "https://town.example/far/" } }, Token);
        var within = await index.SearchAsync(query with { Filter = new() { Within = ["https://town.example/x", "https://town.example/far/"] } }, Token);
        var quoted = await index.SearchAsync(query with { Question = "\"ferry\"", Filter = new() { Language = "de" } }, Token);
        var both = await index.SearchAsync(query with { Filter = new() { Language = "de", UrlPrefix = "https://town.example/far/" } }, Token);

        Assert.Equal(
            (german.Id, far.Id, far.Id, german.Id),
            (Assert.Single(inGerman.Candidates).Chunk.Id, Assert.Single(below.Candidates).Chunk.Id, Assert.Single(within.Candidates).Chunk.Id, Assert.Single(quoted.Candidates).Chunk.Id));
        Assert.Empty(both.Candidates);
    }

    [Fact]
    public async Task Words_in_title_and_headings_are_found_too()
    {
        var index = await OpenAsync();
        var chunk = Chunk("It opens at nine.", "en") with { HeadingPath = ["Library"], Title = "Town services" };
        await index.ReplaceAsync(KnowledgeBase, chunk.DocumentId, 1, [chunk], Token);

        Assert.Single((await SearchAsync(index, "library")).Candidates);
        Assert.Single((await SearchAsync(index, "services")).Candidates);
    }

    [Fact]
    public async Task The_chunk_with_more_of_the_rare_words_comes_first()
    {
        var index = await OpenAsync();
        for (var i = 0; i < 20; i++) await AddAsync(index, $"The town council met in room {i} and spoke about the budget.", "en");
        var right = await AddAsync(index, "The town council decided on the opening hours of the swimming pool.", "en");

        var found = await SearchAsync(index, "When did the council decide about the swimming pool?");

        Assert.Equal(right.Id, found.Candidates[0].Chunk.Id);
        Assert.True(found.Candidates[0].WordScore > found.Candidates[1].WordScore);
        Assert.InRange(found.Candidates[0].WordScore, 0.01, found.QuestionIdf * 2);
    }

    [Fact]
    public async Task Chinese_is_found_without_blanks()
    {
        var index = await OpenAsync();
        var right = await AddAsync(index, "图书馆每天上午九点开门。", "zh");
        await AddAsync(index, "游泳池夏天关闭。", "zh");

        var found = await SearchAsync(index, "图书馆什么时候开门?");

        Assert.Equal(right.Id, found.Candidates[0].Chunk.Id);
    }

    [Fact]
    public async Task A_compound_meets_its_parts()
    {
        var index = await OpenAsync();
        var right = await AddAsync(index, "Die Verlängerung des Ausweises ist gebührenpflichtig.", "de");
        await AddAsync(index, "Der Hund ist anzumelden.", "de");

        var found = await SearchAsync(index, "Ausweisverlängerung");

        Assert.Equal(right.Id, Assert.Single(found.Candidates).Chunk.Id);
    }

    [Fact]
    public async Task An_identifier_is_found_exactly_and_by_its_parts()
    {
        var index = await OpenAsync();
        var right = await AddAsync(index, "Set max_connections to 100 and restart.", "en");
        await AddAsync(index, "The max length and the number of connections are unrelated words here.", "en");

        Assert.Equal(right.Id, (await SearchAsync(index, "max_connections")).Candidates[0].Chunk.Id);
        Assert.Equal(2, (await SearchAsync(index, "connections")).Candidates.Count);
    }

    [Fact]
    public async Task A_new_version_takes_the_place_of_the_old_one()
    {
        var index = await OpenAsync();
        var old = await AddAsync(index, "The pool opens at eight.", "en");

        var chunk = old with { Id = Ids.New(), Text = "The bath opens at ten.", Version = 2 };
        await index.ReplaceAsync(KnowledgeBase, old.DocumentId, 2, [chunk], Token);

        Assert.Empty((await SearchAsync(index, "pool")).Candidates);
        Assert.Equal(chunk.Id, Assert.Single((await SearchAsync(index, "opens")).Candidates).Chunk.Id);
    }

    [Fact]
    public async Task An_older_version_that_comes_late_changes_nothing()
    {
        var index = await OpenAsync();
        var chunk = Chunk("The new text.", "en") with { Version = 5 };
        await index.ReplaceAsync(KnowledgeBase, chunk.DocumentId, 5, [chunk], Token);

        await index.ReplaceAsync(KnowledgeBase, chunk.DocumentId, 4, [chunk with { Text = "The former text.", Version = 4 }], Token);

        Assert.Equal("The new text.", Assert.Single(await index.GetDocumentAsync(KnowledgeBase, chunk.DocumentId, Token)).Text);
    }

    [Fact]
    public async Task A_deleted_document_is_gone_at_once_and_deleting_it_again_is_no_error()
    {
        var index = await OpenAsync();
        var chunk = await AddAsync(index, "Farewell.", "en");
        Assert.Single((await SearchAsync(index, "farewell")).Candidates);

        await index.DeleteAsync(KnowledgeBase, chunk.DocumentId, Token);
        await index.DeleteAsync(KnowledgeBase, chunk.DocumentId, Token);

        Assert.Empty((await SearchAsync(index, "farewell")).Candidates);
        Assert.Equal(0, (await index.GetStateAsync(KnowledgeBase, Token)).Chunks);
    }

    [Fact]
    public async Task Knowledge_bases_do_not_see_each_other()
    {
        var index = await OpenAsync();
        await AddAsync(index, "A secret of this one.", "en");

        var found = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = Ids.New(), Question = "secret" }, Token);

        Assert.Empty(found.Candidates);
    }

    [Fact]
    public async Task Another_process_sees_every_change()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        var chunk = await AddAsync(one, "Written by one.", "en");
        Assert.Single((await SearchAsync(other, "written")).Candidates);

        await other.DeleteAsync(KnowledgeBase, chunk.DocumentId, Token);

        Assert.Empty((await SearchAsync(one, "written")).Candidates);
    }

    [Fact]
    public async Task The_generation_rises_with_every_change()
    {
        var index = await OpenAsync();
        var before = (await index.GetStateAsync(KnowledgeBase, Token)).Generation;
        await AddAsync(index, "Something.", "en");
        var after = await index.GetStateAsync(KnowledgeBase, Token);

        Assert.True(after.Generation > before);
        Assert.Equal((1, 1), (after.Documents, after.Chunks));
        Assert.Equal(["en"], after.Languages);
    }

    [Fact]
    public async Task A_search_while_documents_are_replaced_sees_each_exactly_once()
    {
        var index = await OpenAsync();
        var chunks = new List<Chunk>();
        for (var i = 0; i < 10; i++) chunks.Add(await AddAsync(index, $"Common words of document number{i}.", "en"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writer = Task.Run(async () =>
        {
            for (var version = 2; !stop.IsCancellationRequested; version++)
            {
                foreach (var chunk in chunks)
                {
                    Chunk[] two = [chunk with { Version = version }, chunk with { Version = version, Ordinal = 1, Id = Ids.New(), Text = "More of it." }];
                    await index.ReplaceAsync(KnowledgeBase, chunk.DocumentId, version, two, CancellationToken.None);
                }
            }
        }, Token);

        for (var i = 0; i < 100; i++)
        {
            var found = await SearchAsync(index, "common words");
            Assert.Equal(10, found.Candidates.Select(c => c.Chunk.DocumentId).Distinct().Count());
            Assert.Equal(10, found.Candidates.Count);
        }

        await stop.CancelAsync();
        await writer;
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!…")]
    [InlineData("\0\0")]
    [InlineData("\ud800 lone \udc00")]
    public async Task A_question_without_words_finds_nothing_and_breaks_nothing(string question)
    {
        var index = await OpenAsync();
        await AddAsync(index, "Some text.", "en");

        await SearchAsync(index, question);
        await SearchAsync(index, string.Concat(Enumerable.Repeat(question + "x", 50_000)));
    }

    [Fact]
    public async Task A_chunk_is_found_by_meaning_once_its_text_has_a_vector()
    {
        var index = await OpenAsync();
        var right = await AddAsync(index, "Kennwort ändern", "de");
        var other = await AddAsync(index, "Müllabfuhr", "de");
        var pending = await index.GetPendingAsync(10, Token);
        Assert.Equal([EmbeddingText.HashOf(right), EmbeddingText.HashOf(other)], pending.Select(p => p.TextHash).Order(Comparer(right)).ToList());

        await index.SetVectorsAsync([new TextVector(EmbeddingText.HashOf(right), Vector(1, 0.2f)), new TextVector(EmbeddingText.HashOf(other), Vector(-1, 1))], Token);
        var found = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "password", Vector = Vector(1, 0) }, Token);

        Assert.Equal(right.Id, found.Candidates.OrderByDescending(c => c.Cosine).First().Chunk.Id);
        Assert.Equal(1 / Math.Sqrt(1.04), found.Candidates.Max(c => c.Cosine)!.Value, tolerance: 0.001);
        Assert.Empty(await index.GetPendingAsync(10, Token));
        Assert.Equal(2, (await index.GetStateAsync(KnowledgeBase, Token)).WithVector);

        static IComparer<string> Comparer(Chunk first) => Comparer<string>.Create((a, b) => (b == EmbeddingText.HashOf(first)).CompareTo(a == EmbeddingText.HashOf(first)));
    }

    [Fact]
    public async Task Both_sides_fill_in_each_others_scores()
    {
        var index = await OpenAsync();
        var byWord = await AddAsync(index, "password", "en");
        var byMeaning = await AddAsync(index, "Kennwort ändern", "de");
        await index.SetVectorsAsync([new TextVector(EmbeddingText.HashOf(byWord), Vector(0, 1)), new TextVector(EmbeddingText.HashOf(byMeaning), Vector(1, 0))], Token);

        var found = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "password", Vector = Vector(1, 0), Limit = 1 }, Token);

        Assert.Equal(2, found.Candidates.Count);
        Assert.All(found.Candidates, c => Assert.NotNull(c.Cosine));
        Assert.Equal(0, found.Candidates.Single(c => c.Chunk.Id == byMeaning.Id).WordScore);
    }

    [Fact]
    public async Task The_same_text_under_another_document_needs_no_second_vector()
    {
        var index = await OpenAsync();
        var first = await AddAsync(index, "Same words.", "en");
        await index.SetVectorsAsync([new TextVector(EmbeddingText.HashOf(first), Vector(1, 0))], Token);

        await AddAsync(index, "Same words.", "en");

        Assert.Empty(await index.GetPendingAsync(10, Token));
        var found = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "?", Vector = Vector(1, 0) }, Token);
        Assert.Equal(2, found.Candidates.Count);
    }

    [Fact]
    public async Task A_replaced_or_deleted_chunk_is_not_found_by_its_old_vector()
    {
        var index = await OpenAsync();
        var replaced = await AddAsync(index, "Old words.", "en");
        var deleted = await AddAsync(index, "Farewell.", "en");
        await index.SetVectorsAsync([new TextVector(EmbeddingText.HashOf(replaced), Vector(1, 0)), new TextVector(EmbeddingText.HashOf(deleted), Vector(1, 0))], Token);
        Assert.Equal(2, (await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "?", Vector = Vector(1, 0) }, Token)).Candidates.Count);

        await index.ReplaceAsync(KnowledgeBase, replaced.DocumentId, 2, [replaced with { Version = 2, Text = "New words." }], Token);
        await index.DeleteAsync(KnowledgeBase, deleted.DocumentId, Token);

        Assert.Empty((await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "?", Vector = Vector(1, 0) }, Token)).Candidates);
    }

    /// <summary>A vector of the index's dimension and length 1 that starts with two values in this proportion.</summary>
    [Fact]
    public async Task A_document_that_is_about_the_matter_is_nearer_than_one_that_mentions_it()
    {
        var index = await OpenAsync();
        var about = Chunk("Passwords are changed here.", "en");
        var mentions = Chunk("Passwords are nothing to us.", "en");
        var (more, other) = (about with { Id = Ids.New(), Ordinal = 1, Text = "New ones are sent by letter." }, mentions with { Id = Ids.New(), Ordinal = 1, Text = "The pool opens in May." });
        await index.ReplaceAsync(KnowledgeBase, about.DocumentId, 1, [about, more], Token);
        await index.ReplaceAsync(KnowledgeBase, mentions.DocumentId, 1, [mentions, other], Token);
        await index.SetVectorsAsync(
            [
                new TextVector(EmbeddingText.HashOf(about), Vector(1, 0.1f)), new TextVector(EmbeddingText.HashOf(more), Vector(1, 0.2f)),
                new TextVector(EmbeddingText.HashOf(mentions), Vector(1, 0.1f)), new TextVector(EmbeddingText.HashOf(other), Vector(0, 1)),
            ],
            Token);

        var found = await index.SearchAsync(new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "passwords", Vector = Vector(1, 0) }, Token);

        double Of(Chunk chunk) => found.Candidates.Single(c => c.Chunk.Id == chunk.Id).DocumentCosine!.Value;
        Assert.Equal(0.99, Of(about), 2);
        Assert.Equal(0.67, Of(mentions), 2);
    }

    [Fact]
    public async Task What_a_passage_says_beyond_all_others_is_told_once_there_are_enough_of_them()
    {
        var index = await OpenAsync();
        var first = await AddAsync(index, "Passwords are changed here.", "en");
        await index.SetVectorsAsync([new TextVector(EmbeddingText.HashOf(first), Vector(1, 0.5f))], Token);
        var query = new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = "passwords", Vector = Vector(1, 0.45f) };
        Assert.Null((await index.SearchAsync(query, Token)).Candidates.Single().SpecificCosine);

        for (var i = 0; i < 20; i++)
        {
            var other = await AddAsync(index, $"Passwords are nothing to office {i}.", "en");
            await index.SetVectorsAsync([new TextVector(EmbeddingText.HashOf(other), Vector(1, i / 100f))], Token);
        }

        var found = (await index.SearchAsync(query, Token)).Candidates;

        Assert.All(found, candidate => Assert.InRange(candidate.SpecificCosine!.Value, -1, 1));
        var best = found.Single(c => c.Chunk.Id == first.Id);
        Assert.True(best.SpecificCosine > 0.9, $"{best.SpecificCosine}");
        Assert.True(best.DocumentSpecificCosine > 0.9, $"{best.DocumentSpecificCosine}");
        Assert.True(found.Min(c => c.SpecificCosine) < 0);
    }

    [Fact]
    public async Task Chunks_are_read_by_their_places()
    {
        var index = await OpenAsync();
        var first = Chunk("Tables hold rows.", "en");
        var second = first with { Id = Ids.New(), Ordinal = 1, Text = "Rows hold values." };
        await index.ReplaceAsync(KnowledgeBase, first.DocumentId, 1, [first, second], Token);

        var found = await index.GetChunksAsync(
            KnowledgeBase,
            [new(first.DocumentId, 1, 1), new(first.DocumentId, 1, 2), new(first.DocumentId, 7, 0), new(Ids.New(), 1, 0)],
            Token);

        Assert.Equal(second.Id, Assert.Single(found).Id);
    }

    protected static ReadOnlyMemory<float> Vector(float first, float second)
    {
        var vector = new float[Dimensions];
        var length = MathF.Sqrt((first * first) + (second * second));
        (vector[0], vector[1]) = (first / length, second / length);
        return vector;
    }

    protected Task<ChunkCandidates> SearchAsync(IChunkIndex index, string question) =>
        index.SearchAsync(new ChunkQuery { KnowledgeBaseId = KnowledgeBase, Question = question }, Token);

    protected async Task<Chunk> AddAsync(IChunkIndex index, string text, string language)
    {
        var chunk = Chunk(text, language);
        await index.ReplaceAsync(KnowledgeBase, chunk.DocumentId, 1, [chunk], Token);
        return chunk;
    }

    private static Chunk Chunk(string text, string language) => new()
    {
        Id = Ids.New(), DocumentId = Ids.New(), Version = 1, Ordinal = 0, Text = text, Url = "https://town.example/", Language = language,
    };
}
