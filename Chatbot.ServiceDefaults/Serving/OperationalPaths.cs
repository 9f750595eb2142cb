namespace Chatbot.ServiceDefaults.Serving;

/// <summary>Paths that machines poll; they are neither traced nor measured.</summary>
internal static class OperationalPaths
{
    public const string Health = "/health";
    public const string Alive = "/alive";
    public const string Metrics = "/metrics";

    public static bool Contains(string? path) => path is Health or Alive or Metrics;
}
