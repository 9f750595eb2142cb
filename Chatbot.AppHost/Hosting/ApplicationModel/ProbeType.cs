namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an orchestrator does with a probe: hold back traffic, wait longer at the start, or restart.</summary>
public enum ProbeType
{
    Startup, Readiness, Liveness,
}
