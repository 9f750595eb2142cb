using Chatbot.Tests.Support;
using Xunit;

namespace Chatbot.Tests.Web;

/// <summary>Tests that look at pages share one server and one browser: both take seconds to start.</summary>
[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<WholeServer>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "pages";
}
