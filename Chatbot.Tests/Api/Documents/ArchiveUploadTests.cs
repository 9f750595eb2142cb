using System.Text;
using Chatbot.Core.Documents;
using Xunit;
using static Chatbot.Tests.Api.Documents.UploadApp;

namespace Chatbot.Tests.Api.Documents;

public sealed class ArchiveUploadTests
{
    [Fact]
    public async Task Each_file_of_an_archive_is_a_document_of_its_own()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        var archive = Zip.Of(("rules/dogs.txt", "Dogs are not allowed in the outdoor pool."), ("rules/", ""), ("preise/Bäder.md", "# Preise\n\nDas Schwimmbad kostet vier Euro."), ("__MACOSX/rules/._dogs.txt", "x"), ("rules/.DS_Store", "x"));

        var (_, reply) = await app.UploadAsync(("town.zip", archive));
        var (_, again) = await app.UploadAsync(("town.zip", archive));
        var answer = await app.IngestedAsync(reply.DocumentId());

        Assert.Equal(["town.zip/rules/dogs.txt accepted", "town.zip/preise/Bäder.md accepted"], reply.Outcomes());
        Assert.Equal(["town.zip/rules/dogs.txt unchanged", "town.zip/preise/Bäder.md unchanged"], again.Outcomes());
        Assert.Equal(DocumentStatus.Indexed, answer.Status);
        Assert.Equal("town.zip/rules/dogs.txt", (await app.GetAsync($"/api/documents/{answer.Id}")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_a_newer_archive_does_not_have_is_gone_and_what_it_could_not_give_stays()
    {
        await using var app = await UploadApp.StartAsync(ingesting: true);
        await app.UploadAsync(File("other/town.zip.txt", "Not of the archive."));
        var (_, first) = await app.UploadAsync(("town.zip", Zip.Of(("dogs.txt", "Dogs are not allowed."), ("fees/old.txt", "It costs four euros."), ("kept.txt", "As before."))));
        await app.IngestedAsync(first.DocumentId(1));

        var (_, damaged) = await app.UploadAsync(("town.zip", "PK nothing"u8.ToArray()));
        var (_, second) = await app.UploadAsync(("town.zip", Zip.Of(("dogs.txt", "Dogs are welcome."), ("kept.txt", ""))));

        Assert.Equal(["town.zip rejected damaged"], damaged.Outcomes());
        Assert.Equal(["town.zip/dogs.txt replaced", "town.zip/kept.txt rejected empty", "town.zip/fees/old.txt removed"], second.Outcomes());
        Assert.Equal(DocumentStatus.Gone, (await app.DocumentAsync(first.DocumentId(1))).Status);
        Assert.NotEqual(DocumentStatus.Gone, (await app.DocumentAsync(first.DocumentId(2))).Status);
        Assert.Equal(3, (await app.GetAsync("/api/documents?uploaded=true&limit=50")).GetProperty("items").EnumerateArray().Count(d => d.GetProperty("status").GetString() != "gone"));
    }

    [Fact]
    public async Task Hostile_entries_are_rejected_one_by_one_with_their_reason()
    {
        await using var app = await UploadApp.StartAsync();
        var archive = Zip.Of(
            ("../../etc/cron.txt", "x"), ("/abs.txt", "x"), ("C:\\windows\\a.txt", "x"), ("a\u202Efdp.txt", "x"), ("inner.zip", "PK"), ("run.sh", "#!"), ("secret.txt", "locked"),
            ("empty.txt", ""), ("twice.txt", "one"), ("twice.txt", "two"), ("good.txt", "Open from 8.")).WithFlag("secret.txt", 1);

        var (_, reply) = await app.UploadAsync(("bad.zip", archive));

        Assert.Equal(
            [
                "bad.zip/../../etc/cron.txt rejected unsafeName", "bad.zip//abs.txt rejected unsafeName", "bad.zip/C:\\windows\\a.txt rejected unsafeName", "bad.zip/afdp.txt rejected unsafeName",
                "bad.zip/inner.zip rejected nestedArchive", "bad.zip/run.sh rejected unsupported", "bad.zip/secret.txt rejected encrypted",
                "bad.zip/empty.txt rejected empty", "bad.zip/twice.txt accepted", "bad.zip/twice.txt rejected duplicate", "bad.zip/good.txt accepted",
            ],
            reply.Outcomes());
    }

    [Fact]
    public async Task A_bomb_is_stopped_while_it_unpacks()
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:MaxFileMb"] = "2", ["Uploads:MaxUnpackedMb"] = "3" });
        var (small, large) = (new byte[1_500_000], new byte[100_000_000]);

        var (_, reply) = await app.UploadAsync(("bomb.zip", Zip.Of(("large.txt", large), ("a.txt", small), ("b.txt", small), ("c.txt", small), ("d.txt", small))), File("after.txt", "Still here."));

        Assert.Equal(
            ["bomb.zip/large.txt rejected tooLarge", "bomb.zip/a.txt accepted", "bomb.zip/b.txt accepted", "bomb.zip/c.txt rejected tooLarge", "bomb.zip/d.txt rejected tooLarge", "after.txt accepted"],
            reply.Outcomes());
    }

    [Fact]
    public async Task An_archive_that_lies_about_lengths_is_not_believed()
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:MaxFileMb"] = "1" });
        var archive = Zip.Of(("lies.txt", new byte[5_000_000]), ("good.txt", "Open from 8."u8.ToArray()));
        // The unpacked length stands 24 bytes into the directory's entry, whose name comes after 46.
        var name = archive.AsSpan().LastIndexOf("lies.txt"u8);
        BitConverter.TryWriteBytes(archive.AsSpan(name - 46 + 24), 10u);

        var (_, reply) = await app.UploadAsync(("liar.zip", archive));

        Assert.StartsWith("liar.zip/lies.txt rejected", reply.Outcomes()[0], StringComparison.Ordinal);
        Assert.Equal("liar.zip/good.txt accepted", reply.Outcomes()[1]);
    }

    [Fact]
    public async Task More_entries_than_the_limit_are_refused_before_the_archive_is_opened()
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:MaxFiles"] = "5" });
        var archive = Zip.Of([.. Enumerable.Range(0, 6).Select(i => ($"{i}.txt", "x"))]);
        // It says that it holds one.
        var end = archive.AsSpan().LastIndexOf("PK\x05\x06"u8);
        archive[end + 8] = archive[end + 10] = 1;

        var (_, reply) = await app.UploadAsync(("many.zip", archive));

        Assert.Equal("many.zip rejected tooMany", Assert.Single(reply.Outcomes()));
    }

    [Fact]
    public async Task Archives_that_are_damaged_in_any_place_end_with_a_status_for_each_file()
    {
        await using var app = await UploadApp.StartAsync();
        var archive = Zip.Of(("a.txt", string.Concat(Enumerable.Range(0, 500).Select(i => $"Line {i}. "))), ("b.txt", "Short."));
        var random = new Random(7);
        var files = Enumerable.Range(0, 60).Select(i =>
        {
            var bytes = i % 3 == 0 ? archive[..random.Next(1, archive.Length)] : archive.ToArray();
            if (i % 3 > 0) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            return ($"{i}.zip", bytes);
        }).ToArray();

        var (status, reply) = await app.UploadAsync(files);

        Assert.Equal(System.Net.HttpStatusCode.OK, status);
        Assert.All(files, file => Assert.Contains(reply.Outcomes(), outcome => outcome.StartsWith(file.Item1, StringComparison.Ordinal)));
        Assert.All(reply.Outcomes(), outcome => Assert.Matches("(accepted|rejected [a-zA-Z]+)$", outcome));
    }

    [Fact]
    public async Task Names_of_old_archives_are_read_in_their_code_page()
    {
        await using var app = await UploadApp.StartAsync();
        var archive = Zip.Of(("xxxx.txt", "Open from 8."));
        // "Bäd" as Windows' Explorer writes it.
        var name = (byte[])[(byte)'B', 0x84, (byte)'d', (byte)'s'];
        foreach (var at in new[] { archive.AsSpan().IndexOf("xxxx.txt"u8), archive.AsSpan().LastIndexOf("xxxx.txt"u8) })
            name.CopyTo(archive, at);

        var (_, reply) = await app.UploadAsync(("old.zip", archive));

        Assert.Equal("old.zip/Bäds.txt accepted", Assert.Single(reply.Outcomes()));
    }
}
