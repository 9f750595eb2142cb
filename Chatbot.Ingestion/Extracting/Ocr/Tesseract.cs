using System.Globalization;
using System.Text.RegularExpressions;
using Chatbot.Ingestion.Extracting.Processes;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Ocr;

/// <summary>The program Tesseract: one process a page, one thread each, as many at once as there are cores and memory. Safe for concurrent use.</summary>
internal sealed partial class Tesseract : IDisposable
{
    // Address space; a page of A4 at 300 dpi takes about 100 MB of memory, an A3 photograph four times that.
    private const int MemoryMb = 2048;
    private const long MemoryOfOne = 300L << 20;
    private const long LongestOutput = 16 << 20;

    private readonly OcrOptions _options;
    private readonly SemaphoreSlim _slots;
    private IReadOnlySet<string>? _installed;

    public Tesseract(IOptions<OcrOptions> options)
    {
        _options = options.Value;
        Parallel = _options.Parallel > 0 ? _options.Parallel : (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / MemoryOfOne, 1, Environment.ProcessorCount);
        _slots = new(Parallel);
    }

    /// <summary>Pages at once, of all documents together.</summary>
    public int Parallel { get; }

    /// <summary>Waits for its turn. Whoever gets one gives it back by disposing.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        return new Turn(_slots);
    }

    /// <returns>The languages it can read, empty when it is not installed.</returns>
    public async Task<IReadOnlySet<string>> InstalledAsync(CancellationToken cancellationToken)
    {
        if (_installed is { } known) return known;
        if (ProgramPath.Find(_options.Program) is null) return new HashSet<string>();
        var (exit, output, error) = await ChildProcess.RunAsync(_options.Program, ["--list-langs"], Limits, cancellationToken);
        // Older versions write the list to the error output.
        var names = (output.Contains('\n', StringComparison.Ordinal) ? output : error).Split('\n', StringSplitOptions.TrimEntries).Where(line => LanguageName().IsMatch(line));
        return exit == 0 ? _installed = names.ToHashSet(StringComparer.Ordinal) : new HashSet<string>();
    }

    /// <exception cref="ExtractionFailedException">It failed or took too long.</exception>
    public async Task<OcrReading> ReadAsync(GrayImage image, int dpi, string languages, CancellationToken cancellationToken)
    {
        var (exit, reading, error) = await ChildProcess.RunAsync(
            _options.Program, ["stdin", "stdout", "-l", languages, "--psm", "3", "--dpi", dpi.ToString(CultureInfo.InvariantCulture), "tsv"],
            Limits, image.ToPgm(), TsvReading.ReadAsync, cancellationToken);
        return exit == 0 ? reading : throw new ExtractionFailedException($"Tesseract failed: {error.Split('\n')[0]}");
    }

    /// <summary>Reads a picture as it was made: PNG, JPEG, GIF, WebP, BMP or TIFF.</summary>
    /// <exception cref="ExtractionFailedException">It failed or took too long.</exception>
    public async Task<OcrReading> ReadAsync(ReadOnlyMemory<byte> picture, string languages, CancellationToken cancellationToken)
    {
        // What is on screens has about 96 dots an inch, and its letters more than those of a page have.
        var (exit, reading, error) = await ChildProcess.RunAsync(
            _options.Program, ["stdin", "stdout", "-l", languages, "--psm", "3", "--dpi", "150", "tsv"], Limits, picture, TsvReading.ReadAsync, cancellationToken);
        return exit == 0 ? reading : throw new ExtractionFailedException($"Tesseract failed: {error.Split('\n')[0]}");
    }

    /// <summary>Which way up a page is and what it is written in.</summary>
    /// <returns>By how many degrees to turn it clockwise (0, 90, 180 or 270), and the script; 0 and null when it cannot tell.</returns>
    public async Task<(int Degrees, string? Script)> OrientationAsync(GrayImage image, int dpi, CancellationToken cancellationToken)
    {
        var (exit, output, _) = await ChildProcess.RunAsync(
            _options.Program, ["stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", dpi.ToString(CultureInfo.InvariantCulture)],
            Limits, image.ToPgm(), ChildProcess.ReadTextAsync, cancellationToken);
        if (exit != 0) return (0, null);
        var degrees = Rotate().Match(output) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return (degrees, Script().Match(output) is { Success: true } script ? script.Groups[1].Value : null);
    }

    public void Dispose() => _slots.Dispose();

    private ChildLimits Limits => new(_options.PageLimit, MemoryMb, LongestOutput);

    private sealed class Turn(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }

    [GeneratedRegex(@"^[A-Za-z_]{3,20}$")]
    private static partial Regex LanguageName();

    [GeneratedRegex(@"Rotate: (\d+)")]
    private static partial Regex Rotate();

    [GeneratedRegex(@"Script: (\w+)")]
    private static partial Regex Script();
}
