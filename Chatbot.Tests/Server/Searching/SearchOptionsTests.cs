using Chatbot.Server.Searching;
using Xunit;

namespace Chatbot.Tests.Server.Searching;

public sealed class SearchOptionsTests
{
    [Theory]
    [InlineData("opening", 0)]
    [InlineData("opening --top 1", 0)]
    [InlineData("opening --top 50", 0)]
    [InlineData("opening --top 0", 1)]
    [InlineData("opening --top 51", 1)]
    public void The_number_of_passages_is_checked_only_when_it_is_given(string arguments, int errors)
    {
        var parsed = SearchCommand.Create().Parse(arguments);

        Assert.Equal(errors, parsed.Errors.Count);
    }
}
