namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of all resources: a checked name and the annotations.</summary>
/// <exception cref="ArgumentException">The name is not legal; the message says why.</exception>
public abstract class Resource(string name) : IResource
{
    public string Name { get; } = ResourceNames.Check(name);

    public ResourceAnnotationCollection Annotations { get; } = [];

    public override string ToString() => Name;
}
