namespace Chatbot.Server.Faqs;

/// <summary>What was written, as <c>faq export --json</c> prints it.</summary>
internal sealed record FaqExportSummary(string File, int Entries);
