using Chatbot.Core.Extractions;

namespace Chatbot.Ingestion.Extracting.Office.Slides;

/// <summary>Reads PowerPoint presentations (PPTX); a slide is a page.</summary>
internal sealed class SlidesExtractor(OfficeReading reading) : IExtractor
{
    public string Version => "slides/2";

    public bool Handles(ExtractionSource source) => OfficeFile.Slides.Is(source);

    public Task<Extraction> ExtractAsync(ExtractionSource source, CancellationToken cancellationToken) =>
        Task.FromResult(reading.Read(source, OfficeFile.Slides, (parts, token) => Read(parts, source.Name, token), cancellationToken));

    private Extraction Read(ZipParts parts, string name, CancellationToken cancellationToken)
    {
        var main = parts.Relations("").Values.FirstOrDefault(relation => relation.Type == "officeDocument")?.Path ?? "ppt/presentation.xml";
        var show = parts.Load(main) ?? throw new InvalidDataException("It has no slides.");
        var relations = parts.Relations(main);
        var blocks = new List<Block>();
        var pictures = new List<EmbeddedPicture>();
        var number = 0;
        foreach (var id in show.Child("sldIdLst").Children("sldId"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Hidden slides are counted: they have numbers, too.
            number++;
            if (!relations.TryGetValue(id.RelationAttr("id") ?? "", out var slide)) continue;
            var read = new SlideReading(parts, slide.Path, number, reading.Options);
            var own = read.Read();
            pictures.AddRange(read.Pictures.Select(picture => picture with { After = blocks.Count + picture.After }));
            blocks.AddRange(own);
        }

        var properties = CoreProperties.Read(parts);
        // What the program writes when nobody names the show.
        if (properties.Title is { Length: < 30 } title && title.Contains("PowerPoint", StringComparison.OrdinalIgnoreCase)) properties = properties with { Title = null };
        return properties.With(blocks, blocks.Find(block => block is { Kind: BlockKind.Heading, Page: 1 })?.Text, name) with { Pages = number, Pictures = pictures.Count > 0 ? pictures : null };
    }
}
