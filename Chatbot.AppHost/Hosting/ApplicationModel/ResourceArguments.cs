namespace Aspire.Hosting.ApplicationModel;

/// <summary>The command line of a resource.</summary>
internal static class ResourceArguments
{
    /// <summary>All arguments in their order: strings or value providers.</summary>
    public static List<object> Of(IResource resource)
    {
        var arguments = new List<object>();
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsAnnotation>())
            annotation.Callback(arguments);
        return arguments;
    }
}
