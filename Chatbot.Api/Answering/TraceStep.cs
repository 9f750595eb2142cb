namespace Chatbot.Api.Answering;

/// <summary>What one step of answering did.</summary>
/// <param name="Details">Its results in words and numbers, for editors.</param>
public sealed record TraceStep(string Step, double Ms, IReadOnlyDictionary<string, string> Details);
