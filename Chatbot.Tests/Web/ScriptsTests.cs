using System.Runtime.CompilerServices;
using Chatbot.Tests.Node;
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

        var (exitCode, output) = await NodeTools.RunAsync(
            "node_modules/typescript/bin/tsc",
            [
                "--noEmit", "--allowJs", "--checkJs", "--strict", "--noUncheckedIndexedAccess", "--target", "es2022", "--module", "esnext",
                "--moduleResolution", "bundler", "--lib", "es2022,dom,dom.iterable,dom.asynciterable", .. scripts,
            ],
            TestContext.Current.CancellationToken);

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
