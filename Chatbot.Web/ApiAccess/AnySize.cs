using Microsoft.AspNetCore.Http.Metadata;

namespace Chatbot.Web.ApiAccess;

/// <summary>On endpoints that pass bodies on as they come: where they go says how large they may be.</summary>
internal sealed class AnySize : IRequestSizeLimitMetadata
{
    public static readonly AnySize Instance = new();

    private AnySize()
    {
    }

    public long? MaxRequestBodySize => null;
}
