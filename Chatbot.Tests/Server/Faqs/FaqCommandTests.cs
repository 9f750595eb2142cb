using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Server.Faqs;

public sealed class FaqCommandTests : IDisposable
{
    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task Entries_are_imported_found_exported_and_taken_back_unchanged()
    {
        var csv = await WriteAsync("in.csv", "Frage;Antwort;Link\nWann fährt die Fähre?;Um zwölf Uhr.;https://town.example/ferry\nWas kostet sie?;Nichts.;\n;Ohne Frage.;\n");
        var json = Path.Combine(installation.Directory, "out.json");

        var imported = await installation.RunAsync("faq", "import", csv, "--json");
        var found = await installation.RunAsync("search", "Wann fährt die Fähre?", "--json", "--top", "1");
        var exported = await installation.RunAsync("faq", "export", json, "--json");
        var again = await installation.RunAsync("faq", "import", json, "--replace", "--json");
        var shown = await installation.RunAsync("faq", "export");

        Assert.Equal(1, imported.ExitCode);
        Assert.Equal((2, 1), (imported.Object.GetProperty("created").GetInt32(), imported.Object.GetProperty("rejected").GetInt32()));
        Assert.Equal(3, imported.Object.GetProperty("problems")[0].GetProperty("entry").GetInt32());
        Assert.Equal("https://town.example/ferry", found.Object.GetProperty("url").GetString());
        Assert.Equal((0, 2), (exported.ExitCode, exported.Object.GetProperty("entries").GetInt32()));
        Assert.Equal((0, 2), (again.ExitCode, again.Object.GetProperty("unchanged").GetInt32()));
        Assert.Contains("\"Was kostet sie?\"", shown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.csv", null, "no file")]
    [InlineData("empty.csv", "a;b\n1;2\n", "columns")]
    [InlineData("wrong.json", "{", "list of objects")]
    public async Task A_file_that_is_none_of_entries_is_refused_with_its_reason(string name, string? content, string reason)
    {
        var path = content is null ? Path.Combine(installation.Directory, name) : await WriteAsync(name, content);

        var result = await installation.RunAsync("faq", "import", path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync(string name, string content)
    {
        var path = Path.Combine(installation.Directory, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }
}
