using System.CommandLine;

namespace Chatbot.Server.Evaluating;

/// <summary><c>chatbot eval …</c>: measures quality from files.</summary>
internal static class EvalCommand
{
    public static Command Create() => new("eval", "Measure quality from files") { EvalRetrievalCommand.Create(), EvalAnswersCommand.Create() };
}
