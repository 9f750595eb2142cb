namespace Chatbot.Ingestion.Extracting.Layout;

/// <summary>White space between two x coordinates, in points.</summary>
internal readonly record struct Gap(double From, double To)
{
    public double Width => To - From;
}
