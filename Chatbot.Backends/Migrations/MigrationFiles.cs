using System.Globalization;
using System.Reflection;
using Chatbot.Core.Data;

namespace Chatbot.Backends.Migrations;

/// <summary>The files <c>Migrations/DIALECT/NNNN_name.sql</c>, which travel inside the assembly.</summary>
internal static class MigrationFiles
{
    /// <returns>In the order of their versions, which count from 1 without gaps.</returns>
    public static IReadOnlyList<Migration> Of(SqlDialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Migrations/{dialect.Name}/";
        Migration[] files = [.. assembly.GetManifestResourceNames()
            // Built on Windows, the folder ends in a backslash.
            .Where(name => name.Replace('\\', '/').StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, Path.GetFileNameWithoutExtension(name[prefix.Length..])))
            .OrderBy(migration => migration.Version)];
        for (var i = 0; i < files.Length; i++)
        {
            if (files[i].Version != i + 1)
                throw new InvalidOperationException($"Migration {files[i].Version:0000}_{files[i].Name} has the wrong number; the next one after those before it is {i + 1:0000}.");
        }

        return files;
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var split = file.IndexOf('_', StringComparison.Ordinal);
        return new Migration(int.Parse(file[..split], CultureInfo.InvariantCulture), file[(split + 1)..], reader.ReadToEnd());
    }
}
