using System.Text;
using System.Text.Json;
using Chatbot.Crawler.Robots;
using Xunit;

namespace Chatbot.Tests.Crawler.Robots;

/// <summary>Runs a collection of robots.txt cases that lives outside of this repository.</summary>
public sealed class RobotsCasesTests
{
    private static string Folder()
    {
        var root = Environment.GetEnvironmentVariable("CHATBOT_EVAL");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "CHATBOT_EVAL does not name a folder with a robots collection.");
        var folder = Path.Combine(root!, "robots");
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "cases.json")), $"{folder} has no cases.json.");
        return folder;
    }

    [Fact]
    public void Every_case_of_the_collection_is_answered_right()
    {
        var folder = Folder();
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        var wrong = new List<string>();

        foreach (var item in cases.RootElement.EnumerateArray())
        {
            var content = item.TryGetProperty("robots", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!)
                : item.TryGetProperty("robots_base64", out var encoded) ? encoded.GetBytesFromBase64()
                : File.ReadAllBytes(Path.Combine(folder, item.GetProperty("robots_file").GetString()!));
            var verdict = RobotsFile.Parse(content).Check(item.GetProperty("agent").GetString()!, item.GetProperty("url").GetString()!);
            if (verdict.Allowed != item.GetProperty("allowed").GetBoolean())
                wrong.Add($"{item.GetProperty("id").GetString()} ({item.GetProperty("level").GetString()}): {item.GetProperty("note").GetString()}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_sitemap_of_the_collection_is_found()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(), "sitemaps.json")));

        foreach (var item in cases.RootElement.EnumerateArray())
        {
            var file = RobotsFile.Parse(Encoding.UTF8.GetBytes(item.GetProperty("robots").GetString()!));

            Assert.Equal(item.GetProperty("sitemaps").EnumerateArray().Select(s => s.GetString()), file.Sitemaps);
        }
    }
}
