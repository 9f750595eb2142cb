using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Backends.Evaluation;
using Chatbot.Core.Answering;

namespace Chatbot.Backends;

/// <summary>What this project keeps as JSON beside Core's records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Citation>))]
[JsonSerializable(typeof(AnswerOutcome))]
[JsonSerializable(typeof(GoldenQuestion))]
[JsonSerializable(typeof(QuestionOutcome))]
[JsonSerializable(typeof(EvaluationMetrics))]
[JsonSerializable(typeof(EvaluationCandidate))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class BackendsJson : JsonSerializerContext;
