using System.Net.Mime;
using Chatbot.Core.Extractions;
using Chatbot.Html;
using Microsoft.Extensions.Options;

namespace Chatbot.Ingestion.Extracting;

/// <summary>Reads web pages.</summary>
internal sealed class HtmlExtractor(IOptions<ExtractingOptions> options) : IExtractor
{
    private static readonly Uri Nowhere = new("file:///document.html");

    public string Version => HtmlPage.ExtractorVersion;

    public bool Handles(ExtractionSource source) =>
        source.MediaType is "text/html" or "application/xhtml+xml" || (source.MediaType is null or "application/octet-stream" && source.Extension is "html" or "htm" or "xhtml");

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.Limit);
        try
        {
            var url = Uri.TryCreate(source.Name, UriKind.Absolute, out var known) ? known : Nowhere;
            return Task.FromResult(HtmlPage.Parse(source.Bytes, Charset(source.ContentType), url, patience.Token).Extract());
        }
        catch (NotHtmlException error)
        {
            throw new ExtractionFailedException(error.Message, error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExtractionFailedException($"{source.Name} could not be read within {options.Value.Limit.TotalSeconds:0} s.");
        }
    }

    private static string? Charset(string? contentType)
    {
        try
        {
            return contentType is null ? null : new ContentType(contentType).CharSet;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
