using System.Diagnostics;
using System.Text.Json;
using Chatbot.Benchmarks.Sites;
using Chatbot.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>Sets about whole websites, whose pages are installed as documentation packages. Each is served on loopback and crawled once.</summary>
internal static class SiteSets
{
    // Where the packages that the sets name put their pages.
    private static readonly Dictionary<string, (string Folder, string Start)> Sites = new(StringComparer.Ordinal)
    {
        ["postgresql-15"] = ("/usr/share/doc/postgresql-doc-15/html", "index.html"),
        ["debian-reference-de"] = ("/usr/share/debian-reference", "index.de.html"),
    };

    public static async Task<EvaluationSet?> OpenAsync(string file, string data, CancellationToken cancellationToken)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (!Sites.TryGetValue(name, out var site) || !Directory.Exists(site.Folder))
        {
            await Console.Error.WriteLineAsync($"{name}: left out; its pages are not installed ({site.Folder ?? "unknown site"}).");
            return null;
        }

        var directory = Path.Combine(data, name);
        var root = await CrawlAsync(directory, site.Folder, site.Start, cancellationToken);
        var host = await EvaluationHost.OpenAsync(directory, cancellationToken);
        await host.EmbedAsync(cancellationToken);
        var questions = File.ReadLines(file)
            .Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize(line, SitesJson.Default.SiteQuestion)!)
            .Select(q => new EvaluationQuestion(
                q.Id, q.Question, q.HasAnswer, chunk => SiteScorer.Relative(chunk.Url, root), q.ExpectedPages.Contains, text => SiteScorer.PhraseRank(q, [text]) > 0))
            .ToList();
        return new EvaluationSet(name, host, questions, IsSite: true);
    }

    /// <returns>The URL of the site's root, as its chunks have it.</returns>
    private static async Task<string> CrawlAsync(string directory, string folder, string start, CancellationToken cancellationToken)
    {
        var mark = Path.Combine(directory, "root");
        if (File.Exists(mark)) return (await File.ReadAllTextAsync(mark, cancellationToken)).Trim();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), ContentTypeProvider = new FileExtensionContentTypeProvider() });
        await app.StartAsync(cancellationToken);
        var root = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var crawl = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "crawl", $"{root}/{start}", "--data", directory, "--allow-private"]))!;
        await crawl.WaitForExitAsync(cancellationToken);
        if (crawl.ExitCode != 0) throw new InvalidOperationException($"{folder} could not be crawled.");
        await File.WriteAllTextAsync(mark, root, cancellationToken);
        return root;
    }
}
