using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Who waits for whom.</summary>
internal static class StartOrder
{
    /// <summary>The resource that really starts: a database comes with its server.</summary>
    public static IResource Started(IResource resource) => resource is IResourceWithParent child ? Started(child.Parent) : resource;

    /// <summary>The distance of each resource from those that wait for nothing (0).</summary>
    /// <exception cref="DistributedApplicationException">Resources wait for each other in a circle.</exception>
    public static IReadOnlyDictionary<IResource, int> Depths(IReadOnlyList<IResource> resources)
    {
        var depths = new Dictionary<IResource, int>();
        foreach (var resource in resources)
            Visit(resource, []);
        return depths;

        int Visit(IResource resource, List<IResource> path)
        {
            if (depths.TryGetValue(resource, out var known))
                return known;
            if (path.Contains(resource))
                throw new DistributedApplicationException(
                    $"These resources wait for each other: {string.Join(" → ", path.SkipWhile(r => r != resource).Append(resource))}.");

            path.Add(resource);
            var depth = resource.Annotations.OfType<WaitAnnotation>()
                .Select(wait => Visit(Started(wait.Dependency), path) + 1).DefaultIfEmpty(0).Max();
            path.RemoveAt(path.Count - 1);
            return depths[resource] = depth;
        }
    }
}
