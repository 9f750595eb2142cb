using System.ComponentModel.DataAnnotations;

namespace Chatbot.Core.Jobs;

/// <summary>How long jobs are held and how often they are tried. Section <c>Jobs</c>.</summary>
public sealed class JobQueueOptions
{
    /// <summary>A job whose worker says nothing for so long is taken by another.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Attempts before a job is dead.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 3;

    /// <summary>Pause before the second attempt; doubles with each one, plus up to a quarter at random.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(2);
}
