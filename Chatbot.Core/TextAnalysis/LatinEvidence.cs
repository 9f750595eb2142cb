namespace Chatbot.Core.TextAnalysis;

/// <summary>What the languages in Latin letters are known by. At most 32 languages.</summary>
internal static class LatinEvidence
{
    public static IReadOnlyDictionary<string, string> FunctionWords { get; } = new Dictionary<string, string>
    {
        ["de"] = StopWordLists.All["de"],
        ["en"] = StopWordLists.All["en"],
        ["fr"] = StopWordLists.All["fr"],
        ["es"] = StopWordLists.All["es"],
        ["it"] = StopWordLists.All["it"],
        ["nl"] = StopWordLists.All["nl"],
        ["pt"] = StopWordLists.All["pt"],
        ["sv"] = """
            och att det som en ett på är av för med till den har inte om jag du han hon vi ni de ska kan vad hur var när
            varför vilken från eller men så sig där här detta denna dessa mycket också efter vid blir blev hade under mellan
            """,
        ["da"] = """
            og at det som en et på er af for med til den har ikke om jeg du han hun vi de skal kan hvad hvordan hvor
            hvornår hvorfor hvilken fra eller men så sig der her dette denne disse meget også efter ved bliver blev havde
            under mellem kun efter blevet nogle
            """,
        ["no"] = """
            og at det som en et på er av for med til den har ikke om jeg du han hun vi de skal kan hva hvordan hvor når
            hvorfor hvilken fra eller men så seg der her dette denne disse mye også etter ved blir ble hadde under mellom
            bare noen blitt
            """,
        ["fi"] = """
            ja on ei se että hän oli ovat joka mutta tai kun niin kuin myös mitä miten missä milloin miksi kuka kuinka
            tämä nämä olla voi sekä jos vain hänen sen ole olen
            """,
        ["pl"] = """
            i w z na do nie się jest to że jak o od po za co dla przez ale czy lub oraz tak ten ta te był była było są
            może gdzie kiedy dlaczego który która które jego jej ich przy tym tego także tylko ile
            """,
        ["cs"] = """
            a v z na do ne se je to že jak o od po za co pro ale nebo tak ten ta te byl byla bylo jsou může kde kdy proč
            který která které jeho její jejich při tím toho také jen kolik není jako podle už si
            """,
        ["hu"] = """
            a az és hogy nem is egy ez van volt de meg csak már mint vagy ha ki mi hol mikor miért hogyan milyen mennyi
            melyik lehet kell azt ezt után között által valamint
            """,
        ["ro"] = """
            și în la de cu pe nu este o un care din pentru mai sau ce cum unde când cine cât sunt fost era se au a ale al
            lui ei prin după până dar această acest
            """,
        ["tr"] = """
            ve bir bu da de için ile ne çok daha gibi kadar olan olarak değil var yok nasıl nerede zaman neden hangi kim
            kaç mi mı mu mü ama veya en her sonra ise o
            """,
    };

    /// <summary>Groups of letters that are common in one language, or a few, and rare in the others.</summary>
    public static IReadOnlyDictionary<string, string> LetterGroups { get; } = new Dictionary<string, string>
    {
        ["de"] = "ß ä ö ü sch ung keit heit lich icht ieren eit zeit ück pf äu ein stell eut tzt zw fl ische ierte ier wer tät nd",
        ["en"] = "th wh ght ing tion sh ould ck ough ness ment ew ow ly",
        ["fr"] = "è ê ç œ à û î eau eux oir tion aux ment ette eur ique oui é ille ance",
        ["es"] = "ñ ción dad ó í ú á iento ario eza ado mente ll ar ué",
        ["it"] = "zione ità tà ù ò gli cch ggi zz zia mente ett ell ezza are che",
        ["nl"] = "ij oe heid sch aa ee uu oo lijk ing cht eu ui tie",
        ["pt"] = "ção ções ã õ nh lh ç dade mente ência ú ê ar",
        ["sv"] = "å ä ö ning het sj ck lig skap",
        ["da"] = "æ ø å hed ning lig else",
        ["no"] = "æ ø å het ning lig else skj øy ei",
        ["fi"] = "ä ö ää aa ii uu ssa llä lla kk tt nen inen yö ään sta",
        ["pl"] = "ł ą ę ż ś ć ź ń sz cz rz ów ie owa ość",
        ["cs"] = "ě ř ů č š ž ý í á ost ní",
        ["hu"] = "ő ű á é ö ü gy sz ny ség ság ek ok",
        ["ro"] = "ă ș ț ş ţ â î ului ea ii ție are",
        ["tr"] = "ı ğ ş ü ö ç lar ler mak mek iniz yor",
    };
}
