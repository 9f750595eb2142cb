using Chatbot.Core.TextAnalysis;
using Xunit;

namespace Chatbot.Tests.Core.TextAnalysis;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("de", "Wie lange hat das Bürgerbüro geöffnet?")]
    [InlineData("de", "Öffnungszeiten Bürgerbüro")]
    [InlineData("de", "Die Verlängerung des Personalausweises kostet 37 Euro und dauert etwa drei Wochen.")]
    [InlineData("en", "How do I reset my password?")]
    [InlineData("en", "The server listens on port 5432 unless you change it in the configuration file.")]
    [InlineData("fr", "Comment renouveler ma carte d'identité ?")]
    [InlineData("fr", "La mairie est ouverte du lundi au vendredi de 9 h à 17 h, sauf les jours fériés.")]
    [InlineData("es", "¿Cuánto cuesta renovar el pasaporte?")]
    [InlineData("es", "La biblioteca abre de lunes a viernes y los sábados por la mañana.")]
    [InlineData("it", "Quanto costa rinnovare la carta d'identità?")]
    [InlineData("it", "Gli uffici sono aperti dal lunedì al venerdì e non serve la prenotazione.")]
    [InlineData("nl", "Hoe kan ik mijn paspoort verlengen?")]
    [InlineData("nl", "De balie van het gemeentehuis is elke dag geopend van negen tot vijf uur.")]
    [InlineData("pt", "Como posso renovar o meu passaporte?")]
    [InlineData("pt", "A biblioteca está aberta de segunda a sexta e não fecha para o almoço.")]
    [InlineData("sv", "Biblioteket är öppet alla dagar men inte på söndagar.")]
    [InlineData("pl", "Urząd jest czynny od poniedziałku do piątku, ale nie w święta.")]
    [InlineData("ru", "Сколько стоит продлить паспорт?")]
    [InlineData("uk", "Скільки коштує новий паспорт і де його отримати?")]
    [InlineData("zh", "如何安装 PostgreSQL?")]
    [InlineData("ja", "パスワードを変更するにはどうすればいいですか。")]
    [InlineData("ko", "비밀번호를 어떻게 바꾸나요?")]
    [InlineData("ar", "كيف يمكنني تجديد جواز السفر؟")]
    [InlineData("el", "Πώς αλλάζω τον κωδικό μου;")]
    [InlineData("th", "เปลี่ยนรหัสผ่านอย่างไร")]
    public void Knows_the_language(string expected, string text)
    {
        Assert.Equal(expected, LanguageDetector.Detect(text));
    }

    [Theory]
    [InlineData("de", "en", "The library is open on weekdays from nine to six. You can return books at any time in the box that is beside the door.")]
    [InlineData("fr", "es", "La biblioteca abre de lunes a viernes de nueve a seis. Los libros se pueden devolver a cualquier hora en el buzón que está junto a la puerta.")]
    [InlineData("zh", "de", "Die Bibliothek ist werktags von neun bis sechs Uhr geöffnet. Bücher können jederzeit in den Kasten neben der Tür gelegt werden, auch wenn sie geschlossen ist.")]
    [InlineData("en", "zh", "图书馆周一至周五九点到六点开放。图书可以随时放入门旁的还书箱。")]
    [InlineData(null, "en", "The library is open on weekdays.")]
    public void A_passage_in_another_language_than_its_document_is_known(string? document, string expected, string text)
    {
        Assert.Equal(expected, LanguageDetector.DetectPassage(text, document));
    }

    [Theory]
    [InlineData("de", "Open on weekdays")]
    [InlineData("en", "pg_ctl start -D datadir -l logfile -w -t 60 -s -o options -p path -c on -m fast -W --log filename --wait --timeout seconds --silent --mode smart")]
    [InlineData("de", "Verwenden Sie cron(8), um Aufgaben zu planen. Lesen Sie dazu crontab(1) und crontab(5). Der Befehl at(1) führt eine Aufgabe einmal aus, und zwar zu der Zeit, die Sie ihm nennen.")]
    [InlineData("ru", "Используйте команду git commit --amend, чтобы изменить последнюю запись.")]
    [InlineData("ja", "東京都中央区日本橋一丁目四番一号")]
    [InlineData("en", "12 | 34 | 56")]
    public void What_is_no_running_text_has_its_documents_language(string document, string text)
    {
        Assert.Equal(document, LanguageDetector.DetectPassage(text, document));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345 --- 3.14")]
    [InlineData("pg_stat_activity")]
    [InlineData("PostgreSQL 15")]
    [InlineData("\uD800\0")]
    public void Is_unsure_where_there_is_nothing_to_go_by(string text)
    {
        Assert.Null(LanguageDetector.Detect(text));
    }

    [Fact]
    public void Code_in_a_German_text_does_not_make_it_English()
    {
        const string text = """
            Mit dem folgenden Befehl wird das Paket installiert:
            apt-get install --no-install-recommends postgresql && systemctl enable postgresql
            Danach läuft der Dienst bei jedem Start des Rechners.
            """;

        Assert.Equal("de", LanguageDetector.Detect(text));
    }
}
