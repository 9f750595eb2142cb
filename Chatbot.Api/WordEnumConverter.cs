using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chatbot.Api;

/// <summary>Enums as words: <c>"running"</c>. Numbers are refused.</summary>
internal sealed class WordEnumConverter() : JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
