namespace Aspire.Hosting;

/// <summary>What this run of the AppHost is for.</summary>
public sealed class DistributedApplicationExecutionContext(bool isPublishMode)
{
    /// <summary>Files are written, nothing is started.</summary>
    public bool IsPublishMode { get; } = isPublishMode;

    /// <summary>Everything is started here.</summary>
    public bool IsRunMode => !IsPublishMode;
}
