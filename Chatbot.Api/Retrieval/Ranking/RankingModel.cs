using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chatbot.Api.Retrieval.Ranking;

/// <summary>The learned weights of retrieval, as <c>ranking.json</c> holds them.</summary>
/// <param name="MadeBy">The command that trained them.</param>
/// <param name="Meaning">Ranks passages where the question has a vector.</param>
/// <param name="Words">Ranks passages by words alone.</param>
/// <param name="Answerable">Log-odds that the passages answer the question, where it has a vector.</param>
/// <param name="AnswerableByWords">The same by words alone.</param>
internal sealed record RankingModel(string MadeBy, LinearModel Meaning, LinearModel Words, LinearModel Answerable, LinearModel AnswerableByWords)
{
    /// <summary>The weights that the program comes with.</summary>
    public static RankingModel Shipped { get; } = Read();

    private static RankingModel Read()
    {
        using var stream = typeof(RankingModel).Assembly.GetManifestResourceStream("ranking.json")!;
        var model = JsonSerializer.Deserialize(stream, RankingJson.Default.RankingModel)!;
        return model with
        {
            Meaning = model.Meaning.For(RankingFeatures.Names),
            Words = model.Words.For(RankingFeatures.Names),
            Answerable = model.Answerable.For(AnswerFeatures.Names),
            AnswerableByWords = model.AnswerableByWords.For(AnswerFeatures.Names),
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RankingModel))]
internal sealed partial class RankingJson : JsonSerializerContext;
