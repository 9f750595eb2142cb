namespace Chatbot.Api.Faqs;

/// <summary>How questions and answers stand in a file.</summary>
public enum FaqFileFormat
{
    Csv,
    Json,
}
