namespace Chatbot.Core.Jobs;

/// <summary>A job that was given up.</summary>
public sealed record DeadJob(Job Job, int Attempts, string Error, DateTimeOffset DiedAt);
