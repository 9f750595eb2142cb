namespace Chatbot.Core.Jobs;

/// <summary>A job that this worker holds until it is completed, given back, or its lease runs out.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="Lease">Names this lease; a worker whose lease ran out can no longer complete the job.</param>
public sealed record LeasedJob(Job Job, int Attempt, string Lease);
