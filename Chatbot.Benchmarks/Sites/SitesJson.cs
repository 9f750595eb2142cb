using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chatbot.Benchmarks.Sites;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SiteQuestion))]
internal sealed partial class SitesJson : JsonSerializerContext;
