using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Chatbot.Web.Assets;

/// <summary>
/// All assets, read from the assembly once. They share one version, made of their contents, that stands in their
/// address as a folder: modules import each other by relative paths and get the same version. Safe for concurrent use.
/// </summary>
internal sealed class AssetStore
{
    private const string Prefix = "asset/";
    private const int VersionLength = 12;

    private readonly Dictionary<string, Asset> _assets = new(StringComparer.Ordinal);

    public AssetStore()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in typeof(AssetStore).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var bytes = Read(name);
            all.AppendData(Encoding.UTF8.GetBytes(name));
            all.AppendData(bytes);
            _assets[name[Prefix.Length..]] = new Asset(TypeOf(name), $"\"{Shorten(SHA256.HashData(bytes))}\"", bytes, Compress(bytes));
        }

        Version = Shorten(all.GetHashAndReset());
    }

    public string Version { get; }

    public Asset? Find(string name) => _assets.GetValueOrDefault(name);

    /// <summary>The address that may be cached for ever.</summary>
    /// <exception cref="ArgumentException">There is no such asset.</exception>
    public string UrlOf(string name) => _assets.ContainsKey(name)
        ? $"/assets/{Version}/{name}"
        : throw new ArgumentException($"There is no asset '{name}'.", nameof(name));

    private static byte[] Read(string name)
    {
        using var stream = typeof(AssetStore).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(bytes);
        return target.ToArray();
    }

    private static string Shorten(byte[] hash) => Convert.ToHexStringLower(hash)[..VersionLength];

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"Assets of type '{other}' have no content type."),
    };
}
