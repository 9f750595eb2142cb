namespace Chatbot.Backends.Evaluation;

/// <summary>The language model that a knowledge base is answered by when nothing else is set.</summary>
/// <param name="Name">As its endpoint calls it.</param>
/// <param name="Endpoint">Its URL: the same name elsewhere is another model. Null of one that was noted before URLs were.</param>
public sealed record LiveModel(string Name, string? Endpoint);
