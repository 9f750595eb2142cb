using System.CommandLine;
using Chatbot.Benchmarks.Answers;
using Chatbot.Benchmarks.Crawl;
using Chatbot.Benchmarks.Embed;
using Chatbot.Benchmarks.Extraction;
using Chatbot.Benchmarks.Ingest;
using Chatbot.Benchmarks.Render;
using Chatbot.Benchmarks.Retrieval;
using Chatbot.Benchmarks.Search;
using Chatbot.Benchmarks.Sites;

var evaluation = new Option<string?>("--eval") { Description = "Folder with truth.json and the pages" };
var pages = new Option<string?>("--pages") { Description = "Folder of HTML files to time, such as an installed documentation" };
var predictions = new Option<string?>("--out") { Description = "Write what was extracted to this file, for another scorer" };
var html = new Command("html", "Main content of web pages: F1, precision, recall, pages a second beside Readability on Node") { evaluation, pages, predictions };
html.SetAction((parsed, cancellationToken) => HtmlBenchmark.RunAsync(
    parsed.GetValue(evaluation), parsed.GetValue(pages), parsed.GetValue(predictions), Console.Out, cancellationToken));

var part = new Option<string?>("--part") { Description = "Only this: memory, latency or rates" };
part.AcceptOnlyFromAmong("memory", "latency", "rates");
var embed = new Command("embed", "The embedding model: tokens a second, latency of a question, memory, beside a float matrix product") { part };
embed.SetAction((parsed, cancellationToken) => EmbedBenchmark.RunAsync(parsed.GetValue(part), Console.Out, cancellationToken));

var root = new RootCommand("Measures the product: each command prints its figures and what they are compared with.")
{
    SitesCommand.Create(), RetrievalCommand.Create(), html, PdfCommand.Create(), embed, SearchCommand.Create(), RenderCommand.Create(), CrawlCommand.Create(),
    IngestCommand.Create(), AnswersCommand.Create(), ExampleVectorsCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
