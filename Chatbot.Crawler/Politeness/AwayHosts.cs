namespace Chatbot.Crawler.Politeness;

/// <summary>Tells for whom the crawler of this process waits. Safe for concurrent use.</summary>
public sealed class AwayHosts
{
    private readonly HostGates _gates;

    internal AwayHosts(HostGates gates) => _gates = gates;

    public IReadOnlyList<AwayHost> List() => _gates.ListAway();
}
