using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Core.Extractions;
using Chatbot.Core.Faqs;
using Chatbot.Core.KnowledgeBases;
using Chatbot.Core.Messages;
using Chatbot.Core.Sites;

namespace Chatbot.Core;

/// <summary>How Core's records are written as JSON: camel case, enums by name, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(Extraction))]
[JsonSerializable(typeof(FaqContent))]
[JsonSerializable(typeof(SiteScope))]
[JsonSerializable(typeof(SiteAccess))]
[JsonSerializable(typeof(SiteSchedule))]
[JsonSerializable(typeof(SiteReading))]
[JsonSerializable(typeof(KnowledgeBaseSettings))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<TextLink>))]
public sealed partial class CoreJson : JsonSerializerContext;
