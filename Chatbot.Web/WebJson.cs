using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Web.ApiAccess;
using Chatbot.Web.Chat;
using Chatbot.Web.Conversations;
using Chatbot.Web.Documents;
using Chatbot.Web.Evaluations;
using Chatbot.Web.Examples;
using Chatbot.Web.Faqs;
using Chatbot.Web.Feedback;
using Chatbot.Web.Handovers;
using Chatbot.Web.KnowledgeBases;
using Chatbot.Web.Overview;
using Chatbot.Web.Prompts;
using Chatbot.Web.Search;
using Chatbot.Web.SignIn;
using Chatbot.Web.Sites;
using Chatbot.Web.Traces;
using Chatbot.Web.Users;

namespace Chatbot.Web;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(ChatConfig))]
[JsonSerializable(typeof(ListOf<ChatSuggestion>))]
[JsonSerializable(typeof(ChatQuestion))]
[JsonSerializable(typeof(ChatAnswer))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(ListOf<User>))]
[JsonSerializable(typeof(UserDraft))]
[JsonSerializable(typeof(ListOf<Site>))]
[JsonSerializable(typeof(Site))]
[JsonSerializable(typeof(CrawlRun))]
[JsonSerializable(typeof(Document))]
[JsonSerializable(typeof(SiteDraft))]
[JsonSerializable(typeof(PreviewRequest))]
[JsonSerializable(typeof(SiteAccessState))]
[JsonSerializable(typeof(SiteAccessDraft))]
[JsonSerializable(typeof(AccessTest))]
[JsonSerializable(typeof(SiteRules))]
[JsonSerializable(typeof(List<BrokenLink>))]
[JsonSerializable(typeof(ScopeExplanation))]
[JsonSerializable(typeof(CrawlPreview))]
[JsonSerializable(typeof(ListOf<CrawlRun>))]
[JsonSerializable(typeof(ListOf<CrawledUrl>))]
[JsonSerializable(typeof(ListOf<ReasonCount>))]
[JsonSerializable(typeof(ListOf<KnowledgeBase>))]
[JsonSerializable(typeof(ListOf<KnowledgeBaseDetails>))]
[JsonSerializable(typeof(KnowledgeBaseDraft))]
[JsonSerializable(typeof(ListOf<Document>))]
[JsonSerializable(typeof(ListOf<DocumentChunk>))]
[JsonSerializable(typeof(UploadReply))]
[JsonSerializable(typeof(Faq))]
[JsonSerializable(typeof(FaqDraft))]
[JsonSerializable(typeof(ListOf<Faq>))]
[JsonSerializable(typeof(PublishedFaq))]
[JsonSerializable(typeof(FaqImportReply))]
[JsonSerializable(typeof(FeedbackItem))]
[JsonSerializable(typeof(ListOf<FeedbackItem>))]
[JsonSerializable(typeof(HandledDraft))]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(ListOf<Evaluation>))]
[JsonSerializable(typeof(EvaluationDraft))]
[JsonSerializable(typeof(EvaluationSettings))]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(GoldenQuestion))]
[JsonSerializable(typeof(GoldenDraft))]
[JsonSerializable(typeof(ListOf<GoldenQuestion>))]
[JsonSerializable(typeof(GoldenImportReply))]
[JsonSerializable(typeof(ListOf<AskedQuestion>))]
[JsonSerializable(typeof(AcceptDraft))]
[JsonSerializable(typeof(PromoteDraft))]
[JsonSerializable(typeof(CountReply))]
[JsonSerializable(typeof(AnswerChange))]
[JsonSerializable(typeof(ListOf<AnswerChange>))]
[JsonSerializable(typeof(ListOf<SourceReview>))]
[JsonSerializable(typeof(PromptTemplate))]
[JsonSerializable(typeof(ListOf<PromptTemplate>))]
[JsonSerializable(typeof(PromptDraft))]
[JsonSerializable(typeof(ListOf<ShippedPrompt>))]
[JsonSerializable(typeof(PromptTrial))]
[JsonSerializable(typeof(PromptPreview))]
[JsonSerializable(typeof(ListOf<DiffLine>))]
[JsonSerializable(typeof(PromptImportReply))]
[JsonSerializable(typeof(ListOf<Example>))]
[JsonSerializable(typeof(Example))]
[JsonSerializable(typeof(ExampleDraft))]
[JsonSerializable(typeof(ListOf<Intent>))]
[JsonSerializable(typeof(Intent))]
[JsonSerializable(typeof(IntentDraft))]
[JsonSerializable(typeof(RouteTrial))]
[JsonSerializable(typeof(RouteReply))]
[JsonSerializable(typeof(ExampleImportReply))]
[JsonSerializable(typeof(Handover))]
[JsonSerializable(typeof(ListOf<Handover>))]
[JsonSerializable(typeof(HandoverDraft))]
[JsonSerializable(typeof(HandoverAccepted))]
[JsonSerializable(typeof(HandoverTarget))]
[JsonSerializable(typeof(HandoverTargetDraft))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(ListOf<Conversation>))]
[JsonSerializable(typeof(Transcript))]
[JsonSerializable(typeof(AnswerTrace))]
[JsonSerializable(typeof(DeletedConversations))]
[JsonSerializable(typeof(Stats))]
[JsonSerializable(typeof(IndexBuild))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class WebJson : JsonSerializerContext;
