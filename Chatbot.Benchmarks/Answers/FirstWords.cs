using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Chatbot.Benchmarks.Embed;
using Chatbot.Benchmarks.Search;

namespace Chatbot.Benchmarks.Answers;

/// <summary>
/// The time that is added to a model's own before the first word of an answer: the model says its first word at once here, so
/// that all of the time is ours, with the way to the model and back.
/// </summary>
internal static class FirstWords
{
    // A server that has been in service for a while: its code is compiled for good by then.
    private const int WarmUp = 200;

    public static async Task RunAsync(AnswerServer server, IReadOnlyList<string> questions, Report report, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        var (opening, before) = (new List<double>(), new List<double>());
        var (all, outside, vector, search) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < questions.Count + WarmUp; i++)
        {
            // With a trace no answer is taken from the cache; the vector is new for each question after the warm-up.
            var started = Stopwatch.GetTimestamp();
            var (first, opened, trace) = (0.0, 0.0, default(JsonElement));
            await foreach (var item in AnswerEvents.AskAsync(client, i < WarmUp ? $"warm {i}" : questions[i - WarmUp], trace: true, cancellationToken))
            {
                if (item.EventType == "delta" && first == 0) first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (item.EventType == "meta") opened = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (item.EventType == "trace") trace = JsonSerializer.Deserialize<JsonElement>(item.Data);
            }

            if (i < WarmUp || trace.ValueKind == JsonValueKind.Undefined) continue;
            var steps = trace.GetProperty("steps").EnumerateArray().Select(step => (Name: step.GetProperty("step").GetString(), Ms: step.GetProperty("ms").GetDouble(), Details: step.GetProperty("details"))).ToList();
            var details = steps.First(step => step.Name == "retrieve").Details;
            // Stored answers and routes are compared with the question by its vector, before anything is looked for.
            var (meaning, found) = (Number(details, "vector ms") + steps.Where(step => step.Name == "vector").Sum(step => Number(step.Details, "ms")), Number(details, "index ms") + Number(details, "missing ms") + Number(details, "ranking ms"));
            all.Add(first);
            opening.Add(opened);
            before.Add(steps.TakeWhile(step => step.Name != "retrieve").Sum(step => step.Name == "vector" ? 0 : step.Ms));
            vector.Add(meaning);
            search.Add(found);
            outside.Add(first - meaning - found);
        }

        report.AddTimes("added before the first word", all, median: 30);
        report.AddTimes("of it the question's vector", vector);
        report.AddTimes("of it search and ranking", search);
        report.AddTimes("of it all the rest, the way to the model and back too", outside, median: 5);
        report.AddTimes("of the rest until the conversation is open", opening);
        report.AddTimes("of the rest before the search", before);
    }

    private static double Number(JsonElement details, string name) => double.Parse(details.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
