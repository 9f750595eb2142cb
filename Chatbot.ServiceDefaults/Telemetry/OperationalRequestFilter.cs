using System.Diagnostics;
using Chatbot.ServiceDefaults.Serving;
using OpenTelemetry;

namespace Chatbot.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps the polling of <c>/health</c>, <c>/alive</c> and <c>/metrics</c>, and all it causes, out of the traces.
/// A processor, because a sampler of ours would replace the one that the operator chose.
/// </summary>
internal sealed class OperationalRequestFilter : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (data.Parent is { Recorded: false } || IsOperational(data))
        {
            data.IsAllDataRequested = false;
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    private static bool IsOperational(Activity activity) =>
        activity.Source.Name == TelemetryNames.ServerSource
        && OperationalPaths.Contains(activity.GetTagItem("url.path") as string);
}
