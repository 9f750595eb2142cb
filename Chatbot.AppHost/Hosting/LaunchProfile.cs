using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>One profile of a project's <c>Properties/launchSettings.json</c>.</summary>
internal sealed record LaunchProfile(string Name, IReadOnlyList<Uri> ApplicationUrls, IReadOnlyDictionary<string, string> EnvironmentVariables)
{
    /// <summary>Asks for no profile; not a legal name of one.</summary>
    public const string None = "";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The named profile; else the preferred one, if the project has it; else the first that starts the project.</summary>
    /// <returns>Null if there is none to take.</returns>
    /// <exception cref="DistributedApplicationException">The named profile does not exist, or the file is not readable.</exception>
    public static LaunchProfile? Load(string projectPath, string? name, string? preferred)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (name == None || (name is null && !File.Exists(file)))
            return null;
        if (!File.Exists(file))
            throw new DistributedApplicationException($"Launch profile '{name}' is wanted, but there is no {file}.");

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), Lenient);
            return Choose(Profiles(document), name, preferred, file);
        }
        catch (Exception error) when (error is JsonException or UriFormatException or InvalidOperationException)
        {
            throw new DistributedApplicationException($"{file} is not readable: {error.Message}", error);
        }
    }

    private static LaunchProfile? Choose(List<LaunchProfile> profiles, string? name, string? preferred, string file) =>
        name is not null
            ? profiles.Find(p => p.Name == name) ?? throw new DistributedApplicationException($"{file} has no launch profile '{name}'.")
            : profiles.Find(p => p.Name == preferred) ?? profiles.FirstOrDefault();

    private static List<LaunchProfile> Profiles(JsonDocument document) =>
        [.. document.RootElement.GetProperty("profiles").EnumerateObject()
            .Where(profile => Text(profile.Value, "commandName") == "Project")
            .Select(profile => new LaunchProfile(
                profile.Name,
                [.. (Text(profile.Value, "applicationUrl") ?? "")
                    .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url => new Uri(url))],
                profile.Value.TryGetProperty("environmentVariables", out var variables)
                    ? variables.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString() ?? "")
                    : []))];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
