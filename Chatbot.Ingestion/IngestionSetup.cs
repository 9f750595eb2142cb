using Chatbot.Ingestion.Chunking;
using Chatbot.Ingestion.Embedding;
using Chatbot.Ingestion.Extracting;
using Chatbot.Ingestion.Extracting.Faqs;
using Chatbot.Ingestion.Extracting.Ocr;
using Chatbot.Ingestion.Extracting.Office;
using Chatbot.Ingestion.Extracting.Office.OpenText;
using Chatbot.Ingestion.Extracting.Office.Sheets;
using Chatbot.Ingestion.Extracting.Office.Slides;
using Chatbot.Ingestion.Extracting.Office.Word;
using Chatbot.Ingestion.Extracting.Pdf;
using Chatbot.Ingestion.Extracting.Rtf;
using Chatbot.Ingestion.Framing;
using Chatbot.Ingestion.Indexing;
using Chatbot.Ingestion.Rebuilding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chatbot.Ingestion;

/// <summary>The doors of this project.</summary>
public static class IngestionSetup
{
    /// <summary>The worker that ingests what the crawler finds.</summary>
    public static void AddIngestion(this IHostApplicationBuilder builder)
    {
        builder.AddExtracting();
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<IngestionOptions, IngestionOptionsValidator>().BindConfiguration("Ingestion");
        services.AddOptionsWithValidateOnStart<ChunkingOptions, ChunkingOptionsValidator>().BindConfiguration("Chunking");
        services.AddSingleton<FirstPages>();
        services.AddSingleton<SiteFrames>();
        services.AddSingleton<SiteFacts>();
        services.AddSingleton<FrameSettler>();
        services.AddSingleton<ImageReader>();
        services.AddSingleton<SiteReadings>();
        services.AddSingleton<PageImageText>();
        services.AddSingleton<FilePictureText>();
        services.AddSingleton<DocumentCutter>();
        services.AddSingleton<IndexRebuilder>();
        services.AddSingleton<DocumentIngester>();
        services.AddSingleton<ParkedDocuments>();
        services.AddHostedService<IngestionWorker>();
        services.AddSingleton<VectorMaker>();
        services.AddHostedService<VectorWorker>();
    }

    /// <summary>The readers alone, without the worker.</summary>
    public static void AddExtracting(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<ExtractingOptions, ExtractingOptionsValidator>().BindConfiguration("Extracting");
        services.AddOptionsWithValidateOnStart<PdfOptions, PdfOptionsValidator>().BindConfiguration("Extracting:Pdf");
        services.AddOptionsWithValidateOnStart<OcrOptions, OcrOptionsValidator>().BindConfiguration("Extracting:Ocr");
        services.AddOptionsWithValidateOnStart<OfficeOptions, OfficeOptionsValidator>().BindConfiguration("Extracting:Office");
        services.AddSingleton<Poppler>();
        services.AddSingleton<PageImages>();
        services.AddSingleton<Tesseract>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<IExtractor, HtmlExtractor>();
        services.AddSingleton<IExtractor, FaqExtractor>();
        services.AddSingleton<IExtractor, StoredExtractor>();
        services.AddSingleton<IExtractor, PdfExtractor>();
        services.AddSingleton<OfficeReading>();
        services.AddSingleton<IExtractor, WordExtractor>();
        services.AddSingleton<IExtractor, WorkbookExtractor>();
        services.AddSingleton<IExtractor, SlidesExtractor>();
        services.AddSingleton<IExtractor, OpenTextExtractor>();
        services.AddSingleton<IExtractor, OpenSheetExtractor>();
        services.AddSingleton<IExtractor, RtfExtractor>();
        // Before plain text, which CSV files are called, too.
        services.AddSingleton<IExtractor, CsvExtractor>();
        services.AddSingleton<IExtractor, MarkdownExtractor>();
        services.AddSingleton<IExtractor, TextExtractor>();
        services.AddSingleton<Extractors>();
    }
}
