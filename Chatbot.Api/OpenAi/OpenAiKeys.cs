using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.OpenAi;

/// <summary>Who may use the OpenAI-compatible endpoints. Safe for concurrent use.</summary>
internal sealed class OpenAiKeys(IOptions<OpenAiApiOptions> options)
{
    private const string Scheme = "Bearer ";

    // Hashes have one length, so that comparing them tells nothing of how far a guess was right.
    private readonly byte[][] _keys = [.. options.Value.Keys.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key.Trim())))];

    /// <summary>Keys were set, so one is needed.</summary>
    public bool AreNeeded => _keys.Length > 0;

    public bool Knows(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim()));
        var isKnown = false;
        foreach (var key in _keys) isKnown |= CryptographicOperations.FixedTimeEquals(key, given);
        return isKnown;
    }
}
