using System.Text.Json;
using Chatbot.Core;
using Xunit;

namespace Chatbot.Tests.Core.Sites;

public sealed class SiteScopeTests
{
    [Fact]
    public void A_scope_of_before_query_rules_has_none()
    {
        var scope = JsonSerializer.Deserialize("""{"startUrls":["https://town.example/"],"include":[],"exclude":[],"maxDepth":5,"maxPages":10}""", CoreJson.Default.SiteScope)!;

        Assert.Empty(scope.KeepParameters);
        Assert.Empty(scope.DropParameters);
    }
}
