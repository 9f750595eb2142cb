namespace Chatbot.ServiceDefaults.Discovery;

/// <summary>Named by HTTP client.</summary>
internal sealed class ServiceDiscoveryOptions
{
    public bool Enabled { get; set; } = true;
}
