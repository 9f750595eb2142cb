using System.Globalization;

namespace Chatbot.Html;

/// <summary>The words around facts, in one language. Pure.</summary>
internal sealed record FactWords(
    string Address, string Phone, string Fax, string Email, string Hours, string Closed, string AllDay, string When, string Where, string Price, string Free,
    string Availability, string Brand, string Organizer, string Cancelled, string Postponed, string Until, string[] Days, string DateFormat)
{
    private static readonly FactWords s_english = new(
        "Address", "Phone", "Fax", "E-mail", "Opening hours", "closed", "open all day", "When", "Where", "Price", "free", "Availability", "Brand", "Organizer",
        "cancelled", "postponed", "until", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], "d MMMM yyyy");

    private static readonly Dictionary<string, FactWords> s_languages = new()
    {
        ["en"] = s_english,
        ["de"] = new(
            "Adresse", "Telefon", "Fax", "E-Mail", "Öffnungszeiten", "geschlossen", "ganztägig geöffnet", "Wann", "Wo", "Preis", "kostenlos", "Verfügbarkeit", "Marke",
            "Veranstalter", "abgesagt", "verschoben", "bis", ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"], "d. MMMM yyyy"),
        ["fr"] = new(
            "Adresse", "Téléphone", "Fax", "E-mail", "Horaires d’ouverture", "fermé", "ouvert toute la journée", "Quand", "Où", "Prix", "gratuit", "Disponibilité", "Marque",
            "Organisateur", "annulé", "reporté", "jusqu’au", ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"], "d MMMM yyyy"),
        ["zh"] = new(
            "地址", "电话", "传真", "电子邮件", "开放时间", "关闭", "全天开放", "时间", "地点", "价格", "免费", "供应情况", "品牌", "主办方", "已取消", "已延期", "至",
            ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"], "yyyy年M月d日"),
        ["es"] = new(
            "Dirección", "Teléfono", "Fax", "Correo electrónico", "Horario", "cerrado", "abierto todo el día", "Cuándo", "Dónde", "Precio", "gratis", "Disponibilidad", "Marca",
            "Organizador", "cancelado", "aplazado", "hasta", ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"], "d 'de' MMMM 'de' yyyy"),
        ["it"] = new(
            "Indirizzo", "Telefono", "Fax", "E-mail", "Orari di apertura", "chiuso", "aperto tutto il giorno", "Quando", "Dove", "Prezzo", "gratuito", "Disponibilità", "Marca",
            "Organizzatore", "annullato", "rinviato", "fino al", ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"], "d MMMM yyyy"),
        ["nl"] = new(
            "Adres", "Telefoon", "Fax", "E-mail", "Openingstijden", "gesloten", "de hele dag open", "Wanneer", "Waar", "Prijs", "gratis", "Beschikbaarheid", "Merk",
            "Organisator", "geannuleerd", "uitgesteld", "tot", ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"], "d MMMM yyyy"),
        ["pt"] = new(
            "Endereço", "Telefone", "Fax", "E-mail", "Horário", "fechado", "aberto o dia todo", "Quando", "Onde", "Preço", "grátis", "Disponibilidade", "Marca",
            "Organizador", "cancelado", "adiado", "até", ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"], "d 'de' MMMM 'de' yyyy"),
    };

    private CultureInfo Culture { get; init; } = CultureInfo.GetCultureInfo("en-GB");

    /// <returns>English where the language is not known here.</returns>
    public static FactWords In(string? language) =>
        language is not null && s_languages.TryGetValue(language, out var words) && language != "en" ? words with { Culture = CultureInfo.GetCultureInfo(language) } : s_english;

    public string Date(DateOnly date) => date.ToString(DateFormat, Culture);
}
