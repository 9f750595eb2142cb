using Chatbot.Tests.Support;

namespace Chatbot.Tests.Server;

/// <summary>A made-up town's website of many pages, each of several sections and with words that no other page has.</summary>
internal static class Town
{
    private static readonly string[] s_services = ["Fishing permits", "Tree felling", "Street lights", "Dog tags", "Market stalls", "Boat moorings"];

    public static string Path(int page) => $"/service/{page}";

    /// <summary>A word that only this page has.</summary>
    public static string Word(int page) => $"{Syllable(page / 10)}{Syllable(page % 10)}wick";

    /// <summary>Puts a start page and pages 1 to <paramref name="pages"/> up; the start page links to a few, which link on.</summary>
    public static void Put(TestSite site, int pages)
    {
        site.Page("/", "The town of Lower Brook", "<p>Find all services of the town.</p>" + Links(Enumerable.Range(1, 6)));
        for (var page = 1; page <= pages; page++)
            PutPage(site, page, $"{page * 7} crowns", Enumerable.Range((page * 6) + 1, 6).Where(next => next <= pages));
    }

    public static void PutPage(TestSite site, int page, string fee, IEnumerable<int> links)
    {
        var service = s_services[page % s_services.Length];
        var word = Word(page);
        site.Page(Path(page), $"{service} in {word}", $"""
            <p>The office of {word} looks after {service} for all who live between the old mill and the bridge number {page}.</p>
            <h2>Fees in {word}</h2><p>The fee in {word} is {fee} for each year that has begun.</p>{Filler(page, "fees")}
            <h2>Documents for {word}</h2><ul><li>An identity card</li><li>The form {word}-{page}</li></ul>{Filler(page, "documents")}
            <h2>Opening hours of {word}</h2><table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td>{8 + (page % 3)} to 12</td></tr></table>{Filler(page, "hours")}
            {Links(links)}
            """);
    }

    private static string Filler(int page, string about) => string.Concat(Enumerable.Range(1, 6).Select(n =>
        $"<p>Note {n} of {Word(page)} on {about}: whoever comes for the first time asks at the desk {(page * n % 17) + 1}, which is beside the {(page + n) % 5}th door.</p>"));

    private static string Links(IEnumerable<int> pages) => string.Concat(pages.Select(page => $"<p><a href=\"{Path(page)}\">More about {Word(page)}</a></p>"));

    private static string Syllable(int digit) => (digit % 10) switch
    {
        0 => "bra", 1 => "cor", 2 => "dun", 3 => "fel", 4 => "gil", 5 => "hol", 6 => "jas", 7 => "kem", 8 => "lor", _ => "mun",
    };
}
