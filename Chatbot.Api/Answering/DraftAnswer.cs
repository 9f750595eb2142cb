using Chatbot.Api.Answering.Grounding;
using Chatbot.Core.Answering;

namespace Chatbot.Api.Answering;

/// <summary>The text of an answer with the citations that stand in it.</summary>
internal sealed record DraftAnswer(string Text, IReadOnlyList<Citation> Citations, GroundingReport? Grounding = null);
