using Chatbot.Backends.Embedded.Index;

namespace Chatbot.Backends.Embedded.Models;

/// <summary>Whose vectors this process works with. Safe for concurrent use.</summary>
/// <param name="configured">Of the model that the settings name.</param>
/// <param name="other">Of a model that this process can ask, too; null when there is none.</param>
internal sealed class VectorSpaces(VectorSpace configured, VectorSpace? other = null)
{
    private volatile VectorSpace _asked = configured;
    private volatile string _wanted = configured.Model;

    public VectorSpace Configured { get; } = configured;

    /// <summary>What questions are compared with.</summary>
    public VectorSpace Asked => _asked;

    /// <summary>The name of the model whose vectors texts wait for: another process may be set to another one.</summary>
    public string Wanted => _wanted;

    public bool IsBuilding => _asked != Configured;

    /// <summary>The space of a model that this process can ask; null when it cannot ask this one.</summary>
    public VectorSpace? Find(string name) => name == Configured.Model ? Configured : name == other?.Model ? other : null;

    /// <param name="asked">As the index records it; the configured one takes the place of one that cannot be asked.</param>
    public void Set(string asked, string wanted) => (_asked, _wanted) = (Find(asked) ?? Configured, wanted);
}
