using Chatbot.Api.Answering.Caching;
using Xunit;

namespace Chatbot.Tests.Api.Answering.Caching;

public sealed class NormalQuestionTests
{
    [Theory]
    [InlineData("How much does a passport cost?", "how much  does a PASSPORT cost")]
    [InlineData("Was kostet das, bitte?!", "was kostet das bitte")]
    [InlineData("¿Cuánto cuesta?", "cuánto cuesta")]
    [InlineData("护照多少钱？", "护照多少钱")]
    [InlineData("What is “waste”?", "what is \"waste\"")]
    [InlineData("Ｗａｎｎ？", "wann")]
    public void Writings_of_one_question_are_one(string one, string other) => Assert.Equal(NormalQuestion.Of(one), NormalQuestion.Of(other));

    [Theory]
    [InlineData("What is C++?", "What is C?")]
    [InlineData("What is C#?", "What is C?")]
    [InlineData("Is it 1.5 or more?", "Is it 15 or more?")]
    [InlineData("What is .NET?", "What is net?")]
    [InlineData("How cold is -5 degrees?", "How cold is 5 degrees?")]
    [InlineData("Ist es schon da?", "Ist es schön da?")]
    [InlineData("open at 8:30", "open at 8 30")]
    [InlineData("Where is \"new town\"?", "Where is new town?")]
    [InlineData("a b", "ab")]
    public void Different_questions_stay_different(string one, string other) => Assert.NotEqual(NormalQuestion.Of(one), NormalQuestion.Of(other));
}
