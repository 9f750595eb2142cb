namespace Chatbot.Api.Documents.Uploading;

/// <summary>What an upload came to.</summary>
internal abstract record UploadResult
{
    private UploadResult()
    {
    }

    /// <summary>Each file was taken or rejected.</summary>
    public sealed record Done(UploadReply Reply) : UploadResult;

    public sealed record NoFile : UploadResult;

    /// <summary>A field names one that is not there. Files before it were taken.</summary>
    public sealed record UnknownKnowledgeBase : UploadResult;
}
