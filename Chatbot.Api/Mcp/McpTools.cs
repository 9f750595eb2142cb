using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Chatbot.Api.Answering;
using Chatbot.Api.Retrieval;
using Chatbot.Backends.KnowledgeBases;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chatbot.Api.Mcp;

/// <summary>What assistants can do here. Texts for a model beside the same as an object for a program. Safe for concurrent use.</summary>
[McpServerToolType]
internal sealed class McpTools(Answerer answerer, Retriever retriever, KnowledgeBaseMemory knowledgeBases)
{
    private const int MostPassages = 20;

    [McpServerTool(Name = "search", Title = "Search the documents", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true, OutputSchemaType = typeof(McpSearchResult))]
    [Description("Finds the passages of the organisation's websites and documents that may answer a question, the best first, each with its source. Writes no answer.")]
    public async Task<CallToolResult> SearchAsync(
        [Description("A question or words to look for, at most 8,000 characters, in any language.")] string query,
        CancellationToken cancellationToken,
        [Description("Name of the knowledge base; without it the default one.")] string? knowledgeBase = null,
        [Description("How many passages, 1 to 20.")] int top = 5)
    {
        if (QuestionGuard.Check(query, out var question) is { } problem) return Failed(problem);
        if (top is < 1 or > MostPassages) return Failed($"top is a number from 1 to {MostPassages}.");
        var request = new AskRequest { KnowledgeBase = knowledgeBase };
        if (await knowledgeBases.FindAsync(request.KnowledgeBaseOrDefault, cancellationToken) is not { } found) return Failed(AskProblem.UnknownKnowledgeBase);

        var result = await retriever.SearchAsync(found, question, top, cancellationToken);
        if (result.IsUnavailable) return Failed("The sources cannot be searched at the moment. Try again.");
        var passages = result.Passages.Select(passage => new McpPassage(
            passage.Rank, passage.Chunk.Title ?? passage.Chunk.Url, passage.Chunk.Url, passage.Chunk.HeadingPath, passage.Text, passage.Chunk.DocumentId)).ToList();
        var text = new StringBuilder();
        foreach (var passage in passages)
            text.Append(CultureInfo.InvariantCulture, $"[{passage.Rank}] {string.Join(" > ", [passage.Title, .. passage.HeadingPath])}\n{passage.Url}\n{passage.Text}\n\n");
        return Result(
            passages.Count == 0 ? "Nothing was found." : text.ToString().TrimEnd(),
            JsonSerializer.SerializeToElement(new McpSearchResult(passages, Math.Round(result.Answerable, 3)), McpJson.Default.McpSearchResult));
    }

    [McpServerTool(Name = "ask", Title = "Ask a question", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false, UseStructuredContent = true, OutputSchemaType = typeof(McpAnswer))]
    [Description("Answers a question from the organisation's websites and documents, with numbered citations. Says so when they hold no answer.")]
    public async Task<CallToolResult> AskAsync(
        [Description("The question, at most 8,000 characters, in any language.")] string question,
        CancellationToken cancellationToken,
        [Description("Name of the knowledge base; without it the default one.")] string? knowledgeBase = null,
        [Description("The conversationId of an earlier answer, to ask on; without it a conversation begins.")] string? conversationId = null)
    {
        var ask = new AskRequest { Question = question, KnowledgeBase = knowledgeBase, ConversationId = conversationId, Stream = false };
        switch (await answerer.AskToEndAsync(ask, cancellationToken))
        {
            case AskResult.Answered(var reply):
                var text = new StringBuilder(reply.Answer).AppendLine();
                foreach (var citation in reply.Citations) text.Append(CultureInfo.InvariantCulture, $"\n[{citation.Number}] {citation.Title}: {citation.Url}");
                if (TextOnly.Of(reply.Topics, reply.Language) is { Length: > 0 } topics) text.Append(CultureInfo.InvariantCulture, $"\n{topics}");
                if (reply.Notice is { } notice) text.Append(CultureInfo.InvariantCulture, $"\n({notice})");
                var answer = new McpAnswer(reply.Answer, reply.Citations, reply.Refused, reply.Degraded, reply.ConversationId, reply.Notice, reply.Topics ?? [], reply.Choices ?? []);
                return Result(text.ToString().TrimEnd(), JsonSerializer.SerializeToElement(answer, McpJson.Default.McpAnswer));
            case AskResult.Rejected(var problem):
                return Failed(problem);
            case var other:
                throw new UnreachableException($"Unhandled {other}");
        }
    }

    private static CallToolResult Result(string text, JsonElement value) => new() { Content = [new TextContentBlock { Text = text }], StructuredContent = value };

    private static CallToolResult Failed(AskProblem problem) => Failed($"{problem.Title}. {problem.Detail}");

    // As a result, not as an error of the protocol: the assistant reads it and can do better.
    private static CallToolResult Failed(string message) => new() { Content = [new TextContentBlock { Text = message }], IsError = true };
}
