namespace Chatbot.Api.Prompts;

/// <summary>The template that a question is put to the model with.</summary>
/// <param name="Name">Of the template.</param>
/// <param name="Language">Of the template; empty when it is for all.</param>
/// <param name="Version">0 is the shipped one.</param>
internal sealed record PromptChoice(string Name, string Language, long Version, PromptText Text)
{
    /// <summary>For traces: <c>answer/de 3</c>.</summary>
    public string Label => FormattableString.Invariant($"{Name}/{(Language.Length == 0 ? "*" : Language)} {(Version == 0 ? "shipped" : Version)}");

    /// <summary>Two that have the same are the same text: what is in a cache holds for one of them.</summary>
    public string Key { get; } = Core.Ids.Derive(Text.Told, Text.Asked);
}
