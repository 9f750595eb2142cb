using System.Text;
using Chatbot.Api.Documents.Uploading.Archives;
using Chatbot.Backends.KnowledgeBases;
using Chatbot.Core.Documents;
using Chatbot.Core.KnowledgeBases;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Chatbot.Api.Documents.Uploading;

/// <summary>
/// Reads the parts of a <c>multipart/form-data</c> request as they come, one file after the other: none is ever whole in
/// memory, and one that is refused does not lose the others. Safe for concurrent use.
/// </summary>
internal sealed class UploadReceiver(
    StagingArea staging, UploadIntake intake, ArchiveUnpacker unpacker, KnowledgeBaseStore knowledgeBases, IOptions<UploadOptions> options)
{
    public const string KnowledgeBaseField = "knowledgeBase";

    // Bytes; names and ids of knowledge bases are shorter.
    private const int LongestField = 200;

    /// <param name="knowledgeBase">Where files go until a field <c>knowledgeBase</c> names another.</param>
    /// <param name="name">What the one file is called here, whatever the form calls it; null keeps the names.</param>
    /// <exception cref="InvalidDataException">The body is no such form.</exception>
    public async Task<UploadResult> ReceiveAsync(string boundary, Stream body, KnowledgeBase knowledgeBase, string? name, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, body);
        var allowance = new UploadAllowance(options.Value);
        var results = new List<UploadedFile>();
        var current = "";
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
                if (FileNameOf(disposition) is { Length: > 0 } sent)
                {
                    current = name ?? sent;
                    if (name is null || IsReplacement(name, sent, results))
                        await TakeAsync(knowledgeBase, current, section.Body, allowance, results, cancellationToken);
                    current = "";
                }
                else if (disposition.IsFormDisposition() && HeaderUtilities.RemoveQuotes(disposition.Name) == KnowledgeBaseField)
                {
                    if (await FindAsync(section, cancellationToken) is not { } named) return new UploadResult.UnknownKnowledgeBase();
                    knowledgeBase = named;
                }
            }
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // What came before it was taken, and must be told.
            results.Add(UploadedFile.Rejected(current.Length > 0 ? UploadName.Shown(current) : "…", RejectReason.TooLarge, $"The upload is larger than {options.Value.MaxRequestMb} MB; this file and what came after it was not taken."));
        }

        return results.Count == 0 ? new UploadResult.NoFile() : new UploadResult.Done(new UploadReply(knowledgeBase.Name, results));
    }

    // Browsers write a field without a chosen file as a file without a name.
    private static string? FileNameOf(ContentDispositionHeaderValue disposition) =>
        HeaderUtilities.RemoveQuotes(disposition.FileNameStar) is { Length: > 0 } encoded ? encoded.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;

    // One file, of the same kind: its name tells how it is read.
    private static bool IsReplacement(string name, string sent, List<UploadedFile> results)
    {
        var ending = Path.GetExtension(name);
        if (results.Count > 0)
            results.Add(UploadedFile.Rejected(UploadName.Shown(sent), RejectReason.Duplicate, "Only one file can have the name."));
        else if (!ending.Equals(Path.GetExtension(sent), StringComparison.OrdinalIgnoreCase))
            results.Add(UploadedFile.Rejected(UploadName.Shown(name), RejectReason.Unsupported, $"What takes its place must be a {ending} file, too."));
        else
            return true;
        return false;
    }

    private async Task TakeAsync(
        KnowledgeBase knowledgeBase, string rawName, Stream content, UploadAllowance allowance, List<UploadedFile> results, CancellationToken cancellationToken)
    {
        if (UploadName.Clean(rawName) is not { } name)
        {
            results.Add(UploadedFile.Rejected(UploadName.Shown(rawName), RejectReason.UnsafeName, "The name leads out of its folder, hides something or is too long."));
            return;
        }

        var isArchive = FileKinds.IsArchive(name);
        if (!isArchive && !allowance.TakeFile())
        {
            results.Add(UploadedFile.Rejected(name, RejectReason.TooMany, $"More than {options.Value.MaxFiles} files in one upload."));
            return;
        }

        if (!isArchive && UploadIntake.Refuse(name) is { } refused)
        {
            results.Add(refused);
            return;
        }

        using var staged = await staging.WriteAsync(content, isArchive ? options.Value.MaxRequestBytes : options.Value.MaxFileBytes, _ => { }, cancellationToken);
        if (staged is null)
            results.Add(UploadedFile.Rejected(name, RejectReason.TooLarge, $"The file is larger than {options.Value.MaxFileMb} MB."));
        else if (!isArchive)
            results.Add(await intake.TakeAsync(knowledgeBase, name, staged, cancellationToken));
        else if (staged.Length == 0)
            results.Add(UploadedFile.Rejected(name, RejectReason.Empty, "The file is empty."));
        else
            await unpacker.UnpackAsync(knowledgeBase, name, staged, allowance, results, cancellationToken);
    }

    private async Task<KnowledgeBase?> FindAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var field = new byte[LongestField];
        var length = await section.Body.ReadAtLeastAsync(field, field.Length, throwOnEndOfStream: false, cancellationToken);
        return await knowledgeBases.FindAsync(Encoding.UTF8.GetString(field, 0, length).Trim(), cancellationToken);
    }
}
