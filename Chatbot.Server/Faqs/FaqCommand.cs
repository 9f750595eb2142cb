using System.CommandLine;

namespace Chatbot.Server.Faqs;

/// <summary><c>chatbot faq …</c>: questions and answers in files.</summary>
internal static class FaqCommand
{
    public static Command Create() => new("faq", "Take questions and answers from files, and give them out") { FaqImportCommand.Create(), FaqExportCommand.Create() };
}
