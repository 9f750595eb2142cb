using System.IO.Compression;
using Chatbot.Backends.Documents;
using Chatbot.Core.Documents;
using Chatbot.Core.KnowledgeBases;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Documents.Uploading.Archives;

/// <summary>
/// Takes the files of a ZIP archive as documents of their own. The archive is hostile: entries and unpacked bytes are counted
/// as they come, whatever the archive states; names are looked at and never used on the disk. Safe for concurrent use.
/// </summary>
internal sealed class ArchiveUnpacker(StagingArea staging, UploadIntake intake, DocumentStore documents, DocumentRemoval removal, IOptions<UploadOptions> options)
{
    private const int AtATime = 500;

    /// <param name="name">Of the archive; the names of its files begin with it.</param>
    /// <param name="results">Gets one for each file, or one for an archive that cannot be unpacked.</param>
    public async Task UnpackAsync(
        KnowledgeBase knowledgeBase, string name, StagedFile archive, UploadAllowance allowance, List<UploadedFile> results, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(archive.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var most = options.Value.MaxFiles;
        var before = results.Count;
        switch (ArchiveDirectory.Count(file, most))
        {
            case null:
                results.Add(UploadedFile.Rejected(name, RejectReason.Damaged, "The file is no ZIP archive that can be read."));
                return;
            case var count when count > most:
                results.Add(UploadedFile.Rejected(name, RejectReason.TooMany, $"The archive has more than {most} entries."));
                return;
        }

        try
        {
            await using var opened = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, ArchiveNameEncoding.Instance, cancellationToken);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in opened.Entries.Where(IsFile))
                results.Add(await TakeAsync(knowledgeBase, name, entry, names, allowance, cancellationToken));
            if (names.Count > 0) await RemoveOthersAsync(knowledgeBase, name, names, results, cancellationToken);
        }
        catch (InvalidDataException)
        {
            results.Add(UploadedFile.Rejected(name, RejectReason.Damaged, "The archive's directory is damaged."));
        }

        if (results.Count == before) results.Add(UploadedFile.Rejected(name, RejectReason.Empty, "The archive holds no files."));
    }

    // A newer archive takes the place of the older one: what it does not have any more is gone. What it has and could not be
    // taken stays as it was.
    private async Task RemoveOthersAsync(KnowledgeBase knowledgeBase, string archive, HashSet<string> names, List<UploadedFile> results, CancellationToken cancellationToken)
    {
        var folder = archive + "/";
        var filter = new DocumentFilter { KnowledgeBaseId = knowledgeBase.Id, IsUpload = true, Text = Uri.EscapeDataString(archive) + "/", Limit = AtATime };
        var gone = new List<Document>();
        for (var some = await documents.ListAsync(filter, cancellationToken); some.Count > 0; some = await documents.ListAsync(filter, cancellationToken))
        {
            gone.AddRange(some.Where(it => it.Status != DocumentStatus.Gone && UploadAddress.NameOf(it.Url) is { } name && name.StartsWith(folder, StringComparison.Ordinal) && !names.Contains(name)));
            filter = filter with { Offset = filter.Offset + some.Count };
        }

        foreach (var document in gone)
        {
            await removal.RemoveAsync(document, cancellationToken);
            results.Add(new UploadedFile(UploadAddress.NameOf(document.Url)!, UploadOutcome.Removed, document.Id));
        }
    }

    // Folders, and what macOS and Windows leave in them for themselves.
    private static bool IsFile(ZipArchiveEntry entry) =>
        entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && entry.Name is not (".DS_Store" or "Thumbs.db" or "desktop.ini");

    private async Task<UploadedFile> TakeAsync(
        KnowledgeBase knowledgeBase, string archive, ZipArchiveEntry entry, HashSet<string> names, UploadAllowance allowance, CancellationToken cancellationToken)
    {
        if (UploadName.Clean(entry.FullName) is not { } inner || UploadName.Clean($"{archive}/{inner}") is not { } name)
            return UploadedFile.Rejected(UploadName.Shown($"{archive}/{entry.FullName}"), RejectReason.UnsafeName, "The name leads out of the archive, hides something or is too long.");
        if (!names.Add(name)) return UploadedFile.Rejected(name, RejectReason.Duplicate, "The archive holds this name twice; the first one counts.");
        if (!allowance.TakeFile()) return UploadedFile.Rejected(name, RejectReason.TooMany, $"More than {options.Value.MaxFiles} files in one upload.");
        if (FileKinds.IsArchive(name)) return UploadedFile.Rejected(name, RejectReason.NestedArchive, "Archives within archives are not unpacked.");
        if (UploadIntake.Refuse(name) is { } refused) return refused;
        if (entry.IsEncrypted) return UploadedFile.Rejected(name, RejectReason.Encrypted, "The file is protected by a password.");
        return await ReadAsync(knowledgeBase, name, entry, allowance, cancellationToken);
    }

    private async Task<UploadedFile> ReadAsync(
        KnowledgeBase knowledgeBase, string name, ZipArchiveEntry entry, UploadAllowance allowance, CancellationToken cancellationToken)
    {
        var limit = Math.Min(options.Value.MaxFileBytes, allowance.Unpacked);
        var tooLarge = limit < options.Value.MaxFileBytes
            ? $"The archives of this upload unpack to more than {options.Value.MaxUnpackedMb} MB."
            : $"The file is larger than {options.Value.MaxFileMb} MB.";
        if (limit <= 0 || entry.Length > limit) return UploadedFile.Rejected(name, RejectReason.TooLarge, tooLarge);
        StagedFile? staged;
        var checksum = new Crc32();
        try
        {
            await using var content = await entry.OpenAsync(cancellationToken);
            staged = await staging.WriteAsync(content, limit, Count, cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            return UploadedFile.Rejected(name, RejectReason.Damaged, "The file cannot be unpacked: it is damaged, or packed in a way that is not supported.");
        }

        if (staged is null) return UploadedFile.Rejected(name, RejectReason.TooLarge, tooLarge);
        using (staged)
        {
            return staged.Length == entry.Length && checksum.Value == entry.Crc32
                ? await intake.TakeAsync(knowledgeBase, name, staged, cancellationToken)
                : UploadedFile.Rejected(name, RejectReason.Damaged, "The file does not unpack to what the archive's checksum states.");
        }

        void Count(ReadOnlySpan<byte> bytes)
        {
            allowance.TakeUnpacked(bytes.Length);
            checksum.Add(bytes);
        }
    }
}
