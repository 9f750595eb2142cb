using Chatbot.Core.Chunks;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary>Questions about one body of text, and what answers them.</summary>
/// <param name="Questions">In the order of their file.</param>
internal sealed record EvaluationSet(string Name, EvaluationHost Host, IReadOnlyList<EvaluationQuestion> Questions, bool IsSite);

/// <param name="Id">The same question in another language has the same one.</param>
/// <param name="Page">What counts as one result of a chunk: its passage, or its page.</param>
/// <param name="IsPage">Whether a page is a right one.</param>
/// <param name="HasAnswer">Whether the text of a right page holds the answer.</param>
/// <param name="IsAnswerable">False where nothing answers it, though it sounds as if it belonged there.</param>
internal sealed record EvaluationQuestion(string Id, string Text, bool IsAnswerable, Func<Chunk, string> Page, Func<string, bool> IsPage, Func<string, bool> HasAnswer);
