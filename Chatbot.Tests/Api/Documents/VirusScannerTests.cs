using Chatbot.Api.Documents.Uploading;
using Chatbot.Tests.Support;
using Xunit;
using static Chatbot.Tests.Api.Documents.UploadApp;

namespace Chatbot.Tests.Api.Documents;

public sealed class VirusScannerTests
{
    [Theory]
    [InlineData("{file}")]
    [InlineData("")]
    [InlineData("-")]
    public async Task What_the_scanner_finds_is_rejected_with_its_first_line_and_the_rest_is_taken(string argument)
    {
        using var directory = new TemporaryDirectory();
        var scanner = Script(directory, """
            text=$(cat "${1:--}" 2>/dev/null || cat)
            [ "$1" = "-" ] && name=stream || name="$1"
            case "$text" in *EICAR*) echo; echo "$name: Test-Virus FOUND"; echo more; exit 1;; esac
            exit 0
            """);
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:Scanner"] = $"\"{scanner}\" {argument}" });

        var (_, reply) = await app.UploadAsync(File("good.txt", "Open from 8."), File("bad.txt", "an EICAR text"), ("both.zip", Zip.Of(("a.txt", "EICAR"), ("b.txt", "fine"))));

        Assert.Equal(["good.txt accepted", "bad.txt rejected infected", "both.zip/a.txt rejected infected", "both.zip/b.txt accepted"], reply.Outcomes());
        Assert.Equal(argument == "-" ? "stream: Test-Virus FOUND" : "bad.txt: Test-Virus FOUND", reply.GetProperty("files")[1].GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("exit 2", "exit code 2")]
    [InlineData("sleep 600", "did not finish within 1 s")]
    public async Task A_scanner_that_gives_no_result_keeps_files_out(string script, string detail)
    {
        using var directory = new TemporaryDirectory();
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:Scanner"] = $"\"{Script(directory, script)}\"", ["Uploads:ScannerLimit"] = "00:00:01" });

        var (_, reply) = await app.UploadAsync(File("good.txt", "Open from 8."));

        Assert.Equal("good.txt rejected notScanned", Assert.Single(reply.Outcomes()));
        Assert.Contains(detail, reply.GetProperty("files")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scanner_that_is_not_there_keeps_files_out()
    {
        await using var app = await UploadApp.StartAsync(new() { ["Uploads:Scanner"] = "/nowhere/scan {file}" });

        var (_, reply) = await app.UploadAsync(File("good.txt", "Open from 8."));

        Assert.Equal("good.txt rejected notScanned", Assert.Single(reply.Outcomes()));
    }

    [Fact]
    public void No_shell_sees_the_command()
    {
        var command = ScannerCommand.Parse("""  clamdscan --no-summary "a b; rm -rf $HOME" {file}.x """)!;

        Assert.Equal("clamdscan", command.Program);
        Assert.Equal(["--no-summary", "a b; rm -rf $HOME", "/data/1.x"], command.ArgumentsFor("/data/1"));
        Assert.Null(ScannerCommand.Parse("scan \"open"));
        Assert.Null(ScannerCommand.Parse("  "));
    }

    private static string Script(TemporaryDirectory directory, string body)
    {
        var path = Path.Combine(directory.Path, "scan here");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scanner of these tests is a shell script.");
        Chatbot.Tests.Support.Script.Write(path, "#!/bin/sh\n" + body + "\n");
        return path;
    }
}
