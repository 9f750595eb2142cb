using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Api.Answering;
using Chatbot.Api.Answering.Caching;
using Chatbot.Api.Answering.Streaming;
using Chatbot.Api.Answering.Wording;
using Chatbot.Api.Conversations;
using Chatbot.Api.CrawlRuns;
using Chatbot.Api.Documents;
using Chatbot.Api.Documents.Uploading;
using Chatbot.Api.Evaluations;
using Chatbot.Api.Evaluations.Drift;
using Chatbot.Api.Evaluations.Golden;
using Chatbot.Api.Faqs;
using Chatbot.Api.Feedback;
using Chatbot.Api.Handovers;
using Chatbot.Api.Http;
using Chatbot.Api.KnowledgeBases;
using Chatbot.Api.Prompts;
using Chatbot.Api.Retrieval;
using Chatbot.Api.Routing;
using Chatbot.Api.Sites;
using Chatbot.Api.Stats;
using Chatbot.Api.Suggestions;
using Chatbot.Api.Users;
using Chatbot.Backends.Crawling;
using Chatbot.Backends.Conversations;
using Chatbot.Backends.Evaluation;
using Chatbot.Core.Chunks;
using Chatbot.Core.Crawling;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Sites;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Chatbot.Api;

/// <summary>All that goes in and out as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AskRequest))]
[JsonSerializable(typeof(AskReply))]
[JsonSerializable(typeof(AskProblem))]
[JsonSerializable(typeof(AnswerEvent.Meta))]
[JsonSerializable(typeof(AnswerEvent.Delta))]
[JsonSerializable(typeof(AnswerEvent.Sources))]
[JsonSerializable(typeof(AnswerEvent.Trace))]
[JsonSerializable(typeof(AnswerEvent.Done))]
[JsonSerializable(typeof(KeptAnswer))]
[JsonSerializable(typeof(RetrievedPassages))]
[JsonSerializable(typeof(List<TraceStep>))]
[JsonSerializable(typeof(TraceReply))]
[JsonSerializable(typeof(SocketRequest))]
[JsonSerializable(typeof(SocketReply))]
[JsonSerializable(typeof(ChatConfig))]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(Dictionary<string, FixedLines>))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SessionReply))]
[JsonSerializable(typeof(UserRequest))]
[JsonSerializable(typeof(UserReply))]
[JsonSerializable(typeof(ListReply<UserReply>))]
[JsonSerializable(typeof(KnowledgeBaseRequest))]
[JsonSerializable(typeof(KnowledgeBase))]
[JsonSerializable(typeof(ListReply<KnowledgeBase>))]
[JsonSerializable(typeof(IndexBuild))]
[JsonSerializable(typeof(SiteRequest))]
[JsonSerializable(typeof(SiteReply))]
[JsonSerializable(typeof(SiteAccessRequest))]
[JsonSerializable(typeof(SiteAccessReply))]
[JsonSerializable(typeof(AccessTest))]
[JsonSerializable(typeof(ListReply<SiteReply>))]
[JsonSerializable(typeof(SitePreviewRequest))]
[JsonSerializable(typeof(CrawlPreview))]
[JsonSerializable(typeof(ScopeExplanation))]
[JsonSerializable(typeof(CrawlRun))]
[JsonSerializable(typeof(ListReply<CrawlRun>))]
[JsonSerializable(typeof(ListReply<CrawlReportLine>))]
[JsonSerializable(typeof(ListReply<CrawlReasonCount>))]
[JsonSerializable(typeof(CrawlProgress))]
[JsonSerializable(typeof(DocumentReply))]
[JsonSerializable(typeof(ListReply<DocumentReply>))]
[JsonSerializable(typeof(ListReply<ChunkReply>))]
[JsonSerializable(typeof(UploadReply))]
[JsonSerializable(typeof(FaqRequest))]
[JsonSerializable(typeof(IReadOnlyList<FaqRequest>))]
[JsonSerializable(typeof(FaqReply))]
[JsonSerializable(typeof(ListReply<FaqReply>))]
[JsonSerializable(typeof(PublishedFaq))]
[JsonSerializable(typeof(IReadOnlyList<ExportedFaq>))]
[JsonSerializable(typeof(FaqImportReply))]
[JsonSerializable(typeof(PromptTemplateRequest))]
[JsonSerializable(typeof(IReadOnlyList<PromptTemplateRequest>))]
[JsonSerializable(typeof(PromptTemplateReply))]
[JsonSerializable(typeof(ListReply<PromptTemplateReply>))]
[JsonSerializable(typeof(ListReply<ShippedPromptReply>))]
[JsonSerializable(typeof(IReadOnlyList<ExportedPrompt>))]
[JsonSerializable(typeof(PromptImportReply))]
[JsonSerializable(typeof(PromptPreviewRequest))]
[JsonSerializable(typeof(PromptPreviewReply))]
[JsonSerializable(typeof(ListReply<DiffLine>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string[]>>))]
[JsonSerializable(typeof(ExampleRequest))]
[JsonSerializable(typeof(IReadOnlyList<ExampleRequest>))]
[JsonSerializable(typeof(ExampleReply))]
[JsonSerializable(typeof(ListReply<ExampleReply>))]
[JsonSerializable(typeof(ExampleFile))]
[JsonSerializable(typeof(ExampleImportReply))]
[JsonSerializable(typeof(IntentRequest))]
[JsonSerializable(typeof(IntentReply))]
[JsonSerializable(typeof(ListReply<IntentReply>))]
[JsonSerializable(typeof(RouteRequest))]
[JsonSerializable(typeof(RouteReply))]
[JsonSerializable(typeof(HandoverRequest))]
[JsonSerializable(typeof(HandoverAccepted))]
[JsonSerializable(typeof(HandoverReply))]
[JsonSerializable(typeof(ListReply<HandoverReply>))]
[JsonSerializable(typeof(HandoverTargetRequest))]
[JsonSerializable(typeof(HandoverTargetReply))]
[JsonSerializable(typeof(HandoverEvent))]
[JsonSerializable(typeof(SearchReply))]
[JsonSerializable(typeof(ListReply<ConversationSummary>))]
[JsonSerializable(typeof(OwnConversation))]
[JsonSerializable(typeof(DeletedReply))]
[JsonSerializable(typeof(ListReply<Suggestion>))]
[JsonSerializable(typeof(ConversationReply))]
[JsonSerializable(typeof(FeedbackReply))]
[JsonSerializable(typeof(ListReply<FeedbackReply>))]
[JsonSerializable(typeof(HandledRequest))]
[JsonSerializable(typeof(EvaluationRequest))]
[JsonSerializable(typeof(EvaluationRun))]
[JsonSerializable(typeof(ListReply<EvaluationRun>))]
[JsonSerializable(typeof(EvaluationComparison))]
[JsonSerializable(typeof(EvaluationSettingsRequest))]
[JsonSerializable(typeof(EvaluationSettingsReply))]
[JsonSerializable(typeof(GoldenRequest))]
[JsonSerializable(typeof(GoldenQuestion))]
[JsonSerializable(typeof(ListReply<GoldenQuestion>))]
[JsonSerializable(typeof(GoldenImportReply))]
[JsonSerializable(typeof(ListReply<AskedQuestion>))]
[JsonSerializable(typeof(AcceptRequest))]
[JsonSerializable(typeof(PromoteRequest))]
[JsonSerializable(typeof(CountReply))]
[JsonSerializable(typeof(ListReply<AnswerChange>))]
[JsonSerializable(typeof(ListReply<SourceReview>))]
[JsonSerializable(typeof(AnswerChangeNotice))]
[JsonSerializable(typeof(StatsReply))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
