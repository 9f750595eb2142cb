using System.Text.Json;
using System.Text.Json.Serialization;
using Chatbot.Core.Answering;

namespace Chatbot.Backends;

/// <summary>What this project keeps as JSON beside Core's records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Citation>))]
internal sealed partial class BackendsJson : JsonSerializerContext;
