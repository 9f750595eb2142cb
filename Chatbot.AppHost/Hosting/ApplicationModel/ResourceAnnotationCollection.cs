using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks what can be attached to a resource.</summary>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "A marker, as in the model this follows.")]
public interface IResourceAnnotation;

/// <summary>The annotations of one resource, in the order they were added. Not safe for concurrent change.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>
{
    internal T? Last<T>() where T : class, IResourceAnnotation => this.OfType<T>().LastOrDefault();

    /// <summary>Adds the annotation in place of every other of its type.</summary>
    internal void Replace<T>(T annotation) where T : class, IResourceAnnotation
    {
        foreach (var old in this.OfType<T>().ToList())
            Remove(old);
        Add(annotation);
    }
}
