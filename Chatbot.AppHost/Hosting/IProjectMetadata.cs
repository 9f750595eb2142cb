namespace Aspire.Hosting;

/// <summary>Names a project of the solution; a class is generated for each project the AppHost references.</summary>
public interface IProjectMetadata
{
    /// <summary>Absolute path of the project file.</summary>
    string ProjectPath { get; }

    /// <summary>Absolute path of the built assembly; null lets <c>dotnet run</c> find it.</summary>
    string? TargetPath => null;
}
