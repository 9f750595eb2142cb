using Chatbot.Core.Routing;

namespace Chatbot.Api.Routing;

/// <inheritdoc cref="Example"/>
public sealed record ExampleReply(string Id, string KnowledgeBaseId, string Intent, string Text, string? Language, string? Link, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static ExampleReply From(Example it) => new(it.Id, it.KnowledgeBaseId, it.Intent, it.Text, it.Language, it.Link, it.CreatedAt, it.UpdatedAt);
}

/// <param name="IsBuiltIn">It cannot be taken away.</param>
/// <param name="Answers">By two-letter code, those for all other languages under an empty one.</param>
/// <param name="Examples">Of the knowledge base.</param>
/// <param name="ShippedExamples">That came with the product.</param>
public sealed record IntentReply(string Name, bool IsBuiltIn, IReadOnlyDictionary<string, string> Answers, string? Template, int Examples, int ShippedExamples);

/// <summary>An intent as it is exported.</summary>
public sealed record ExportedIntent(string Name, IReadOnlyDictionary<string, string>? Answers, string? Template);

/// <summary>All that a knowledge base knows of intents, as a file.</summary>
public sealed record ExampleFile(IReadOnlyList<ExportedIntent?>? Intents, IReadOnlyList<ExampleRequest?>? Examples);

/// <summary>What became of an import.</summary>
public sealed record ExampleImportReply(int Created, int Changed, int Rejected, int Deleted, IReadOnlyList<string> Problems);

public sealed record RouteRequest(string? KnowledgeBase, string? Question);

/// <summary>What a question is taken for, and why.</summary>
/// <param name="Score">Cosine to the nearest example of the intent.</param>
/// <param name="Nearest">The nearest examples, the best first.</param>
public sealed record RouteReply(string Intent, RouteReason By, double Score, IReadOnlyList<NearExample> Nearest);

public sealed record NearExample(string Intent, string Text, string? Language, double Score, bool IsShipped);
