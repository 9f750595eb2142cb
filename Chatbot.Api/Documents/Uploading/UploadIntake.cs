using Chatbot.Backends.Documents;
using Chatbot.Core.Blobs;
using Chatbot.Core.Data;
using Chatbot.Core.Documents;
using Chatbot.Core.Jobs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Messages;

namespace Chatbot.Api.Documents.Uploading;

/// <summary>
/// Makes a file a document: scanned, stored, recorded, announced to ingestion. A file that comes again under its name is the
/// same document. Safe for concurrent use.
/// </summary>
internal sealed class UploadIntake(Database database, DocumentStore documents, IBlobStore blobs, IJobQueue queue, VirusScanner scanner)
{
    /// <summary>Why a file of this name would never be taken, before its bytes are looked at; null when it may be.</summary>
    public static UploadedFile? Refuse(string name) => FileKinds.TypeOf(name) is null
        ? UploadedFile.Rejected(name, RejectReason.Unsupported, $"Files of this kind are not read. Readable are {string.Join(", ", FileKinds.Endings)} and, unpacked, .zip.")
        : null;

    /// <param name="name">Clean, and not refused.</param>
    public async Task<UploadedFile> TakeAsync(KnowledgeBase knowledgeBase, string name, StagedFile file, CancellationToken cancellationToken)
    {
        if (file.Length == 0) return UploadedFile.Rejected(name, RejectReason.Empty, "The file is empty.");
        var id = UploadAddress.IdOf(knowledgeBase.Id, name);
        var known = await documents.FindAsync(id, cancellationToken);
        if (known is { Status: DocumentStatus.Pending or DocumentStatus.Indexed } && known.BlobHash == file.Hash)
            return new UploadedFile(name, UploadOutcome.Unchanged, id);

        switch (await scanner.ScanAsync(file.Path, name, cancellationToken))
        {
            case ScanResult.Infected(var finding):
                return UploadedFile.Rejected(name, RejectReason.Infected, finding.Length > 0 ? finding : "The virus scanner found something.");
            case ScanResult.NotScanned(var problem):
                return UploadedFile.Rejected(name, RejectReason.NotScanned, problem);
        }

        // Scanners may take away what they find.
        if (!File.Exists(file.Path)) return UploadedFile.Rejected(name, RejectReason.Infected, "The virus scanner took the file away.");
        var hash = await blobs.PutFileAsync(file.Path, cancellationToken);
        var seen = new DocumentSeen
        {
            Id = id,
            KnowledgeBaseId = knowledgeBase.Id,
            Url = UploadAddress.Of(id, name),
            Title = name[(name.LastIndexOf('/') + 1)..],
            ContentType = FileKinds.TypeOf(name),
            BlobHash = hash,
            ContentHash = hash,
            Retry = true,
        };
        var document = await database.WriteAsync(transaction => documents.RecordAsync(transaction, seen, cancellationToken), cancellationToken);
        // After a crash in between, a crawler that starts or ends a run announces it.
        await queue.PublishAsync([new DocumentChanged(document.Id, document.Version).ToJob()], cancellationToken);
        return new UploadedFile(name, known is null or { Status: DocumentStatus.Gone } ? UploadOutcome.Accepted : UploadOutcome.Replaced, document.Id);
    }
}
