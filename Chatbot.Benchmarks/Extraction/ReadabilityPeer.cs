using System.Text.Json;

namespace Chatbot.Benchmarks.Extraction;

/// <summary>Readability and jsdom on Node, from the folder beside this program once <c>npm ci</c> has run there.</summary>
internal static class ReadabilityPeer
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Extraction", "Readability");

    /// <summary>Where its packages belong.</summary>
    public static string Folder => s_folder;

    public static bool IsInstalled => Directory.Exists(Path.Combine(s_folder, "node_modules"));

    /// <returns>Pages a second of each round, by the clock and for a second of processor time; the first is the compiler's.</returns>
    public static async Task<IReadOnlyList<(double Rate, double ProcessorRate)>> RunAsync(string pages, int rounds, CancellationToken cancellationToken)
    {
        var (output, errors, _) = await BareProgram.RunAsync(
            "node", [Path.Combine(s_folder, "readability.mjs"), pages, rounds.ToString(System.Globalization.CultureInfo.InvariantCulture)], cancellationToken);
        if (string.IsNullOrWhiteSpace(output)) throw new InvalidOperationException($"node did not get through the pages: {errors.Trim()}");
        using var reply = JsonDocument.Parse(output);
        var count = reply.RootElement.GetProperty("pages").GetInt32();
        var seconds = reply.RootElement.GetProperty("seconds").EnumerateArray().Select(value => value.GetDouble());
        var processor = reply.RootElement.GetProperty("processor").EnumerateArray().Select(value => value.GetDouble());
        return [.. seconds.Zip(processor, (one, other) => (count / one, count / other))];
    }
}
