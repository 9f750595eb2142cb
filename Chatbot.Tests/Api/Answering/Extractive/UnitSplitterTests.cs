using Chatbot.Api.Answering.Extractive;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Extractive;

public sealed class UnitSplitterTests
{
    [Theory]
    [InlineData("Do not delete the log. Empty it like this:\n\n$ :>messages.log\n\nThen go on.", "Empty it like this:\n$ :>messages.log")]
    [InlineData("Drei Dinge sind mitzubringen:\n- der alte Pass\n- ein Foto\n\nDann warten Sie.", "Drei Dinge sind mitzubringen:\n- der alte Pass\n- ein Foto")]
    public void What_belongs_together_is_one_unit(string text, string unit)
    {
        Assert.Contains(unit, UnitSplitter.Split(text, "en").Select(one => one.Text));
    }

    [Theory]
    [InlineData("Do I need an appointment?\nOnly on Wednesdays. Come early.", "Do I need an appointment?\nOnly on Wednesdays.|Come early.")]
    [InlineData("Too late? Can it be undone? A fine is due. Pay it.", "Too late? Can it be undone? A fine is due.|Pay it.")]
    [InlineData("It is open. Any questions?", "It is open.|Any questions?")]
    public void A_question_in_a_source_is_one_unit_with_what_answers_it(string text, string units)
    {
        Assert.Equal(units.Split('|'), UnitSplitter.Split(text, "en").Select(one => one.Text));
    }

    [Fact]
    public void A_list_that_is_too_long_to_be_announced_stays_a_list_of_items()
    {
        var items = Enumerable.Range(1, 12).Select(n => $"- The thing of number {n} that everybody has to bring along");

        var units = UnitSplitter.Split($"Bring these:\n{string.Join('\n', items)}", "en").Select(one => one.Text).ToList();

        Assert.Equal(["Bring these:", .. items], units);
    }
}
