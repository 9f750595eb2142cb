using System.Runtime.CompilerServices;
using System.Text.Json;
using Chatbot.Tests.Node;
using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Web;

public sealed class ScriptsTests
{
    [Fact]
    public async Task Scripts_pass_the_strict_type_checker()
    {
        var scripts = Directory.EnumerateFiles(WebFolder(), "*.js", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();

        using var directory = new TemporaryDirectory();
        var settings = Path.Combine(directory.Path, "tsconfig.json");
        await File.WriteAllTextAsync(
            settings,
            JsonSerializer.Serialize(new
            {
                compilerOptions = new
                {
                    noEmit = true, allowJs = true, checkJs = true, strict = true, noUncheckedIndexedAccess = true, target = "es2022", module = "esnext", moduleResolution = "bundler",
                    lib = new[] { "es2022", "dom", "dom.iterable", "dom.asynciterable" }, types = Array.Empty<string>(),
                    // They are served from one folder.
                    rootDirs = scripts.Select(Path.GetDirectoryName).Distinct(),
                },
                files = scripts,
            }),
            TestContext.Current.CancellationToken);
        var (exitCode, output) = await NodeTools.RunAsync("node_modules/typescript/bin/tsc", ["-p", settings], TestContext.Current.CancellationToken);

        Assert.NotEmpty(scripts);
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Scripts_never_make_markup_of_text()
    {
        foreach (var file in Directory.EnumerateFiles(WebFolder(), "*.js", SearchOption.AllDirectories))
        {
            var code = File.ReadAllText(file);
            foreach (var way in new[] { "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(" })
                Assert.False(code.Contains(way, StringComparison.Ordinal), $"{Path.GetFileName(file)} uses {way}.");
        }
    }

    private static string WebFolder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../Chatbot.Web"));
}
