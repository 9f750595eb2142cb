using Chatbot.Html;

namespace Chatbot.Crawler.Rendering;

/// <summary>Decides from the fetched HTML whether a page may need its scripts to be read.</summary>
internal static class RenderJudge
{
    // Characters of main content. A menu and an imprint, taken for content where there is no other, have a few hundred.
    public const int Thin = 150;
    private const int Short = 1_000;

    /// <param name="textLength">Characters of main content as fetched.</param>
    /// <returns>Null when nothing speaks for it.</returns>
    public static RenderReason? Judge(ScriptSigns signs, int textLength)
    {
        // What no script runs in, no browser shows otherwise.
        if (signs.Scripts == 0)
            return null;
        if (signs.EmptyRoot is { } root)
            return new RenderReason("root", $"{root} is empty until a script fills it", textLength < Short);
        if (signs.AsksForScripts && textLength < Short)
            return new RenderReason("noscript", "the page says that it needs JavaScript", textLength < Thin);
        if (textLength < Thin)
            return new RenderReason("thin", "little text beside scripts", IsStrong: true);

        return signs.Placeholder is { } placeholder ? new RenderReason("placeholder", $"{placeholder} waits to be filled", IsStrong: false) : null;
    }
}
