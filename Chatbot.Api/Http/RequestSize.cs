using Microsoft.AspNetCore.Http.Metadata;

namespace Chatbot.Api.Http;

/// <summary>The largest request body of an endpoint, in bytes.</summary>
internal sealed record RequestSize(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
