using System.Xml;
using Chatbot.Core.Extractions;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting.Office;

/// <summary>What the readers of office files share: limits, and reasons for people when a file cannot be read. Safe for concurrent use.</summary>
internal sealed class OfficeReading(IOptions<ExtractingOptions> extracting, IOptions<OfficeOptions> office)
{
    // Office files before 2007, and newer ones behind a password: [MS-CFB] 2.2.
    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    // The name of the stream that holds the file, in UTF-16: [MS-OFFCRYPTO] 2.3.4.4.
    private static ReadOnlySpan<byte> EncryptedPackage => "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8;

    public OfficeOptions Options => office.Value;

    /// <exception cref="ExtractionFailedException">Whatever is wrong with the file.</exception>
    public Extraction Read(ExtractionSource source, OfficeFile kind, Func<ZipParts, CancellationToken, Extraction> read, CancellationToken cancellationToken)
    {
        RefuseOthers(source, kind);
        return Within(source, kind.Name, token =>
        {
            using var parts = ZipParts.Open(source, office.Value, token);
            return read(parts, token);
        }, cancellationToken);
    }

    /// <summary>Reads something within the limit of time.</summary>
    /// <exception cref="ExtractionFailedException">Whatever is wrong with the file.</exception>
    public Extraction Within(ExtractionSource source, string kind, Func<CancellationToken, Extraction> read, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(extracting.Value.Limit);
        try
        {
            var extraction = read(stop.Token);
            // Its pictures may have some: whoever does not read them refuses it.
            return extraction.Blocks.Count > 0 || extraction.Pictures is not null ? extraction : throw new ExtractionFailedException($"{source.Name} has no text that can be read.");
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExtractionFailedException($"{source.Name} was given up: reading it took longer than {extracting.Value.Limit.TotalSeconds:0} s.", error);
        }
        catch (XmlException error) when (error.Message.Contains("DTD", StringComparison.Ordinal))
        {
            // Entities are how a small file becomes a large one, or asks for other files.
            throw new ExtractionFailedException($"{source.Name} is not read: its XML declares a document type, which no office program writes.", error);
        }
        catch (Exception error) when (error is InvalidDataException or XmlException or IOException or NotSupportedException or FormatException or OverflowException or ArgumentException)
        {
            throw new ExtractionFailedException($"{source.Name} cannot be read as {kind}: the file is damaged.", error);
        }
    }

    private static void RefuseOthers(ExtractionSource source, OfficeFile kind)
    {
        var bytes = source.Bytes.Span;
        if (bytes.IsEmpty) throw new ExtractionFailedException($"{source.Name} is empty.");
        if (bytes.StartsWith(CompoundFile))
        {
            throw new ExtractionFailedException(bytes.IndexOf(EncryptedPackage) >= 0
                ? $"{source.Name} is protected by a password."
                : $"{source.Name} is in the format of Office 97 to 2003, which is not read. Save it in the newer format (.docx, .xlsx, .pptx).");
        }

        if (!bytes.StartsWith("PK"u8)) throw new ExtractionFailedException($"{source.Name} is called {kind.Name} but is none.");
    }
}
