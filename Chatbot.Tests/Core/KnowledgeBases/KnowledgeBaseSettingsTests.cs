using System.Text.Json;
using Chatbot.Core;
using Xunit;

namespace Chatbot.Tests.Core.KnowledgeBases;

public sealed class KnowledgeBaseSettingsTests
{
    [Fact]
    public void Settings_that_were_kept_before_there_were_others_have_these_empty()
    {
        var read = JsonSerializer.Deserialize("""{"refuseBelow":0.2}""", CoreJson.Default.KnowledgeBaseSettings)!;

        Assert.Equal(0.2, read.RefuseBelow);
        Assert.Empty(read.Languages);
        Assert.Empty(read.AllowedOrigins);
        Assert.Empty(read.Starters);
        Assert.Null(read.Retrieval.Passages);
    }
}
