using Chatbot.Core.Extractions;
using Chatbot.Html;
using Markdig;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Reads Markdown by way of HTML, so that both give the same blocks.</summary>
internal sealed class MarkdownExtractor : IExtractor
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().UseYamlFrontMatter().DisableHtml().Build();
    private static readonly Uri Nowhere = new("file:///document.md");

    public string Version => "markdown/1+" + HtmlPage.ExtractorVersion;

    public bool Handles(ExtractionSource source) =>
        source.MediaType is "text/markdown" or "text/x-markdown" || (source.MediaType is null or "text/plain" or "application/octet-stream" && source.Extension is "md" or "markdown");

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        var body = Markdown.ToHtml(PlainText.Decode(source), Pipeline);
        var page = HtmlPage.Parse(System.Text.Encoding.UTF8.GetBytes($"<!DOCTYPE html><meta charset=utf-8><body><main>{body}</main>"), "utf-8", Nowhere, cancellationToken);
        var extraction = page.Extract();
        return Task.FromResult(extraction.Title is null ? extraction with { Title = PlainText.TitleOf(source.Name) } : extraction);
    }
}
