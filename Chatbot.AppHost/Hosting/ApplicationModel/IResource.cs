namespace Aspire.Hosting.ApplicationModel;

/// <summary>One thing the application is made of: a process, a container, a database in a server, a parameter.</summary>
public interface IResource
{
    /// <summary>1 to 64 of ASCII letters, digits and single dashes; unique in the model, ignoring case.</summary>
    string Name { get; }

    /// <summary>Everything that was said about the resource, in the order it was said.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
