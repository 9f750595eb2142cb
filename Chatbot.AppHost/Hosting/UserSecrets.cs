using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting;

/// <summary>
/// The file of user secrets: a flat JSON object outside the source tree, which <c>dotnet user-secrets</c> edits too.
/// </summary>
internal sealed class UserSecrets(string path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Path { get; } = path;

    /// <summary>Keeps a value under a configuration key. Written aside and moved, so that a crash cannot lose the others.</summary>
    public void Set(string key, string value)
    {
        var secrets = File.Exists(Path) ? JsonNode.Parse(File.ReadAllText(Path)) as JsonObject ?? [] : [];
        secrets[key] = value;

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var aside = Path + ".new";
        File.WriteAllText(aside, secrets.ToJsonString(Indented));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(aside, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(aside, Path, overwrite: true);
    }
}
