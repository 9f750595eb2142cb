namespace Chatbot.Core.Documents;

/// <summary>The document with the facts that stand on all pages of a site: address, telephone, opening hours. Pure.</summary>
public static class SiteFactsAddress
{
    public static string IdOf(string siteId) => Ids.Derive("site-facts", siteId);

    /// <summary>Its URL as a document; what is cited is the page that has the facts.</summary>
    public static string Of(string siteId) => $"urn:site-facts:{siteId}";

    /// <summary>Under which the archive has what the site's start page says in header and footer.</summary>
    public static string ArchiveKeyOf(string siteId) => Ids.Hash($"site-facts\n{siteId}");

    public static string TitleIn(string? language) => language switch
    {
        "de" => "Kontakt und Öffnungszeiten",
        "fr" => "Contact et horaires",
        "zh" => "联系方式和开放时间",
        "es" => "Contacto y horario",
        "it" => "Contatti e orari",
        "nl" => "Contact en openingstijden",
        "pt" => "Contato e horário",
        _ => "Contact and opening hours",
    };
}
