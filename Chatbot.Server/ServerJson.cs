using System.Text.Json.Serialization;
using System.Text.Json;
using Chatbot.Backends.Evaluation;
using Chatbot.Core.Crawling;
using Chatbot.Core.Sites;
using Chatbot.Server.Asking;
using Chatbot.Server.Crawling;
using Chatbot.Server.Embedding;
using Chatbot.Server.Evaluating;
using Chatbot.Server.Extracting;
using Chatbot.Server.Faqs;
using Chatbot.Server.Indexing;
using Chatbot.Server.Searching;

namespace Chatbot.Server;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CrawlSummary))]
[JsonSerializable(typeof(CrawlPreview))]
[JsonSerializable(typeof(ScopeExplanation))]
[JsonSerializable(typeof(AccessTest))]
[JsonSerializable(typeof(SearchLine))]
[JsonSerializable(typeof(Chatbot.Api.Retrieval.Explaining.SearchExplanation))]
[JsonSerializable(typeof(AskLine))]
[JsonSerializable(typeof(EvalAnswerLine))]
[JsonSerializable(typeof(EvaluationMetrics))]
[JsonSerializable(typeof(ReindexSummary))]
[JsonSerializable(typeof(Chatbot.Api.Faqs.FaqImportReply))]
[JsonSerializable(typeof(FaqExportSummary))]
[JsonSerializable(typeof(ExtractLine))]
[JsonSerializable(typeof(RobotsLine))]
[JsonSerializable(typeof(EmbedInput))]
[JsonSerializable(typeof(EmbedOutput))]
internal sealed partial class ServerJson : JsonSerializerContext;
