using System.CommandLine;

namespace Chatbot.Server;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Data = new("--data") { Description = "Data directory (default: CHATBOT_DATA, else ./data)", Recursive = true };

    public static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line on standard output, and nothing else there" };

    public static readonly Option<string> KnowledgeBase = new("--kb")
    {
        Description = "Knowledge base (name)",
        DefaultValueFactory = _ => Core.KnowledgeBases.KnowledgeBase.DefaultName,
    };
}
