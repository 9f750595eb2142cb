using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chatbot.Api.Retrieval.Ranking;

namespace Chatbot.Benchmarks.Retrieval;

/// <summary><c>retrieval</c>: every set in one table; on request trains the weights of the ranking.</summary>
internal static class RetrievalCommand
{
    private static readonly Option<DirectoryInfo> Evaluation = new("--eval") { Description = "Folder with retrieval/ (sets of passages) and sites/ (questions about websites)", Required = true };
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "Where indexes and vectors are kept between runs", Required = true };
    private static readonly Option<string[]> Sets = new("--set") { Description = "Only this set; may be repeated" };
    private static readonly Option<int> Every = new("--every") { Description = "Take every so many questions of each set of passages", DefaultValueFactory = _ => 1 };
    private static readonly Option<FileInfo?> Train = new("--train") { Description = "Train on all sets and write the weights to this file" };

    public static Command Create()
    {
        var command = new Command("retrieval", "Passage retrieval: words, vectors, both, the learned ranking") { Evaluation, Data, Sets, Every, Train };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (evaluation, data, wanted) = (parsed.GetValue(Evaluation)!, parsed.GetValue(Data)!.FullName, parsed.GetValue(Sets) ?? []);
        bool IsWanted(string name) => wanted.Length == 0 || wanted.Contains(name);
        var questions = new List<PreparedQuestion>();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(evaluation.FullName, "retrieval")).Order(StringComparer.Ordinal).Where(f => IsWanted(Path.GetFileName(f))))
        {
            var set = await CorpusSets.OpenAsync(folder, data, parsed.GetValue(Every), cancellationToken);
            using (set.Host) questions.AddRange(await Preparation.RunAsync(set, cancellationToken));
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(evaluation.FullName, "sites"), "*.jsonl").Order(StringComparer.Ordinal).Where(f => IsWanted(Path.GetFileNameWithoutExtension(f))))
        {
            if (await SiteSets.OpenAsync(file, data, cancellationToken) is not { } set) continue;
            using (set.Host) questions.AddRange(await Preparation.RunAsync(set, cancellationToken));
        }

        Console.Error.WriteLine();
        if (parsed.GetValue(Train) is not { } file2)
        {
            RetrievalReport.Print(questions, _ => RankingModel.Shipped, "shipped weights");
            return 0;
        }

        // Each question is judged by weights that were learned without it, in any language.
        var models = Enumerable.Range(0, Preparation.Folds).Select(fold => ModelTrainer.Train([.. questions.Where(q => q.Fold != fold)], "")).ToList();
        RetrievalReport.Print(questions, q => models[q.Fold], string.Create(CultureInfo.InvariantCulture, $"{Preparation.Folds} folds, each judged by weights learned on the others"));
        var madeBy = "dotnet run -c Release --project Chatbot.Benchmarks -- retrieval --eval FOLDER --data FOLDER --train Chatbot.Api/Retrieval/Ranking/ranking.json";
        var model = ModelTrainer.Train(questions, madeBy);
        await File.WriteAllTextAsync(file2.FullName, JsonSerializer.Serialize(model, RankingJson.Default.RankingModel) + "\n", cancellationToken);
        RetrievalReport.PrintWeights(model);
        return 0;
    }
}
