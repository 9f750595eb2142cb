using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes <c>aspire-manifest.json</c>: the whole model as one JSON document, for deployment tools.</summary>
internal static class ManifestPublisher
{
    /// <summary>Publishes as <c>--publisher manifest --output-path P</c> says; P ending in .json is the file, else its folder.</summary>
    /// <exception cref="DistributedApplicationException">Another publisher is asked for, or no path is given.</exception>
    public static async Task PublishAsync(
        IConfiguration configuration, DistributedApplicationExecutionContext executionContext, IReadOnlyList<IResource> resources,
        TextWriter output, CancellationToken cancellationToken)
    {
        if (configuration["publisher"] is not "manifest")
            throw new DistributedApplicationException("Only the manifest is published: --publisher manifest --output-path <file or folder>.");
        var path = configuration["output-path"]
            ?? throw new DistributedApplicationException("--publisher manifest needs --output-path <file or folder>.");

        path = Path.GetFullPath(path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : Path.Combine(path, "aspire-manifest.json"));
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(path, await ToJsonAsync(resources, executionContext, directory, cancellationToken), cancellationToken);
        await output.WriteLineAsync($"Published the manifest: {path}");
    }

    private static async Task<string> ToJsonAsync(
        IReadOnlyList<IResource> resources, DistributedApplicationExecutionContext executionContext, string directory,
        CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        await using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            json.WriteStartObject("resources");
            await new ManifestWriter(json, executionContext, directory).WriteAsync(resources, cancellationToken);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
