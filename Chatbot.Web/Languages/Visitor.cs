using Microsoft.Net.Http.Headers;

namespace Chatbot.Web.Languages;

/// <summary>
/// How this visitor wants pages: the language by <c>?lang=</c>, the cookie <c>lang</c>, then <c>Accept-Language</c>;
/// the theme by <c>?theme=</c> or the cookie <c>theme</c>, else the system's own.
/// </summary>
internal sealed class Visitor
{
    public Visitor(IHttpContextAccessor accessor)
    {
        var request = accessor.HttpContext?.Request ?? throw new InvalidOperationException("There is a visitor only during a request.");
        Texts = Texts.Find(request.Query["lang"])
            ?? Texts.Find(request.Cookies["lang"])
            ?? Preferred(request)
            ?? Texts.Find(Texts.Fallback)!;
        Theme = Known(request.Query["theme"]) ?? Known(request.Cookies["theme"]);
        IsEmbedded = request.Query["embed"] == "1";
        Here = request.Path + request.QueryString;
    }

    public Texts Texts { get; }

    /// <summary><c>light</c> or <c>dark</c>; null follows the system.</summary>
    public string? Theme { get; }

    /// <summary>The page stands in the widget's frame.</summary>
    public bool IsEmbedded { get; }

    /// <summary>Path and query of this page.</summary>
    public string Here { get; }

    private static string? Known(string? theme) => theme is "light" or "dark" ? theme : null;

    private static Texts? Preferred(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted)
            ? wanted.OrderByDescending(language => language.Quality ?? 1).Select(language => Texts.Find(language.Value.Value)).FirstOrDefault(found => found is not null)
            : null;
}
