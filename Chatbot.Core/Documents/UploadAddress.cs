namespace Chatbot.Core.Documents;

/// <summary>
/// Where uploads are. Their id follows from knowledge base and name, so that a file that comes again is the same document;
/// their URL is the path on this server where their bytes are served, <c>/api/files/{id}/{name}</c>. Pure.
/// </summary>
public static class UploadAddress
{
    /// <summary>What the URL of each upload begins with.</summary>
    public const string Path = "/api/files/";

    /// <param name="name">With slashes between folders: <c>archive.zip/folder/file.pdf</c>.</param>
    public static string IdOf(string knowledgeBaseId, string name) => Ids.Derive("upload", knowledgeBaseId, name);

    public static string Of(string id, string name) => $"{Path}{id}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";

    /// <returns>The name of an upload; null for URLs of other documents.</returns>
    public static string? NameOf(string url)
    {
        var slash = url.StartsWith(Path, StringComparison.Ordinal) ? url.IndexOf('/', Path.Length) : -1;
        return slash < 0 ? null : Uri.UnescapeDataString(url[(slash + 1)..]);
    }
}
