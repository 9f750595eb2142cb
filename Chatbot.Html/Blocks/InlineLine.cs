using Chatbot.Core.Extractions;

namespace Chatbot.Html;

/// <summary>A single line with its links; null for none.</summary>
internal readonly record struct InlineLine(string Text, IReadOnlyList<TextLink>? Links);
