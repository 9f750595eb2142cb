using Chatbot.Core;

namespace Chatbot.Backends.Migrations;

/// <summary>A step of the schema.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Name">What it is about, from the file's name.</param>
/// <param name="Sql">Statements, each ended by a semicolon.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the text, line ends aside: a checkout on Windows has others.</summary>
    public string Hash => Ids.Hash(Sql.ReplaceLineEndings("\n"));
}
