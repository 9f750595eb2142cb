using System.Globalization;
using System.Reflection;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Migrations;

/// <summary>The files <c>Migrations/DIALECT/NNNN_name.sql</c>, which travel inside the assembly.</summary>
internal static class MigrationFiles
{
    /// <returns>In the order of their versions.</returns>
    public static IReadOnlyList<Migration> Of(SqlDialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Migrations/{dialect.Name}/";
        return [.. assembly.GetManifestResourceNames()
            // Built on Windows, the folder ends in a backslash.
            .Where(name => name.Replace('\\', '/').StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, Path.GetFileNameWithoutExtension(name[prefix.Length..])))
            .OrderBy(migration => migration.Version)];
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var split = file.IndexOf('_', StringComparison.Ordinal);
        return new Migration(int.Parse(file[..split], CultureInfo.InvariantCulture), file[(split + 1)..], reader.ReadToEnd());
    }
}
