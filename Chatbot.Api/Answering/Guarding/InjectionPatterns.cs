using System.Text.RegularExpressions;

namespace Chatbot.Api.Answering.Guarding;

/// <summary>
/// How people write to a language model to turn it against who runs it, in English, German, French and Chinese. All are
/// for folded text (lower case, no accents). Gaps do not leave a sentence and are bounded, so that no text makes them slow.
/// </summary>
internal static partial class InjectionPatterns
{
    private const string Gap = @"[^.!?;。！？；\n]";

    // Override: a verb, something that says "what you were told before" and a word for instructions, in the order of the language.
    private const string EnDrop = @"\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|ing)|overwrite|bypass|discard|neglect|disobey|abandon|unlearn|circumvent|violate|dismiss|(?:set|put) aside|throw (?:away|out)|stop (?:following|obeying|using)|(?:do not|don'?t|no longer|never) (?:follow|obey|comply with|adhere to|listen to|respect)|pay no (?:attention|heed) to)\b";
    private const string EnChange = @"\b(?:skip|delete|erase|break|void|cancel|reset|drop|suspend|(?:turn|switch) off|disable|deactivate|remove|lift|change|replace|rewrite)\b";
    private const string EnBefore = @"\b(?:previous(?:ly)?|prior|preceding|above|earlier|former|foregoing|all|any|every|these|those|your|system|initial|original|existing|current)\b";
    private const string EnOrders = @"\b(?:instructions?|directives?|prompts?|guidelines?|programming|rules?|system messages?)\b";
    private const string EnLimits = @"(?:instructions?|directives?|prompts?|guidelines?|programming|rules?|restrictions?|limits|limitations?|filters?|safety|safeguards?|guardrails?|constraints?|training|polic(?:y|ies)|censorship|ethics|moderation|persona|system messages?)\b";

    private const string DeDrop = @"\b(?:ignorier(?:e|t|en)?|missachte[nt]?|vergiss|vergesst|vergessen|uberschreib(?:e|t|en)?|ubergeh(?:e|t|en)|umgeh(?:e|t|en)|verwirf|verwerf(?:t|en)|nicht (?:mehr |langer )?(?:beachten|befolgen|folgen|an)|(?:beachte|befolge|folge)\w*|ausser (?:acht|kraft)|brich|brechen sie)\b";
    private const string DeBefore = @"\b(?:bisherig\w*|vorherig\w*|vorhergehend\w*|vorangegangen\w*|vorig\w*|fruher\w*|obig\w*|alle[nrms]?|samtlich\w*|jeglich\w*|deine[nrms]?|eure[nrms]?|ihre[nrms]?|ursprunglich\w*|bestehend\w*|gegeben\w*|jede[nrms]?)\b";
    private const string DeOrders = @"\b(?:(?:system)?-?(?:anweisung(?:en)?|instruktion(?:en)?|vorgaben?|prompts?|befehlen?|direktiven?)|regeln?|richtlinien?)\b";

    private const string FrDrop = @"\b(?:ignore[zrs]?|oublie[zrs]?|neglige[zr]?|contourne[zr]?|outrepasse[zr]?|enfrei(?:ns|gnez|ndre)|desobei\w*|ecrase[zr]?|annule[zr]?|abandonne[zr]?|ne (?:tiens|tenez|tenir) (?:pas|plus|aucun)|ne (?:suis|suivez|respecte[zr]?) (?:pas|plus)|ne (?:pas|plus) (?:suivre|respecter|tenir)|fai(?:s|tes) abstraction|passe[zr]? outre|mets de cote|desactive[zr]?)\b";
    private const string FrBefore = @"(?:\bprecedent\w*|\banterieur\w*|\bci-dessus|\bprealable\w*|\btou(?:te)?s\b|\btes\b|\bvos\b|\bton\b|\bvotre\b|\binitial\w*|\bd'origine|\bexistant\w*|\brecue?s\b|\bplus haut)";
    private const string FrOrders = @"\b(?:instructions?|consignes?|directives?|regles?|prompts?|invite systeme|message systeme)\b";

    private const string ZhDrop = "(?:忽略|无视|无需理会|不要理会|别理会|忘记|忘掉|忘了|抛弃|放弃|绕过|跳过|覆盖|推翻|违反|(?:不要|不再|不必|停止|别)(?:遵守|遵循|执行)|解除|撤销)";
    private const string ZhBefore = "(?:之前|以前|以上|上面|上述|前面|先前|此前|所有|全部|一切|任何|你的|您的|原有|原来|最初|初始|系统|既定)";
    private const string ZhOrders = "(?:指令|指示|提示(?!音|框|灯|信息)|规则|命令|设定|准则|约束)";

    // The rest of the languages with many speakers, by their plainest form only.
    private const string OtherDrop = @"\b(?:ignora(?:r|d|te)?|ignore[nm]?|olvida(?:r)?|olvide|dimentica(?:re)?|esquec[ae]|esquecer|negeer|vergeet|zignoruj)\b";
    private const string OtherOrders = @"\b(?:instrucciones|instrucoes|istruzioni|instructies|polecenia|reglas|regras|regole)\b";

    [GeneratedRegex($"{EnDrop}{Gap}{{0,50}}{EnBefore}{Gap}{{0,30}}{EnOrders}|{EnDrop}{Gap}{{0,30}}{EnOrders}{Gap}{{0,25}}\\b(?:above|before|previously|earlier|so far|you (?:were|have|got|received)|up to now)\\b")]
    private static partial Regex EnglishOverride { get; }

    [GeneratedRegex($"(?:{EnDrop}|{EnChange}){Gap}{{0,30}}\\b(?:your|its|the (?:assistant|chatbot|bot|ai)'s)\\b{Gap}{{0,25}}\\b{EnLimits}")]
    private static partial Regex EnglishOwnRules { get; }

    [GeneratedRegex($"\\b(?:ignore|disregard|forget|discard)\\b{Gap}{{0,12}}\\b(?:everything|anything|all(?: that)?|whatever|what)\\b{Gap}{{0,20}}\\b(?:above|so far|before (?:this|that|now)|you (?:were|have been|know|learned|have learned|'?ve been)|told (?:to )?you|up to (?:now|here|this))\\b")]
    private static partial Regex EnglishForgetAll { get; }

    [GeneratedRegex($"{DeDrop}{Gap}{{0,50}}{DeBefore}{Gap}{{0,30}}{DeOrders}|{DeBefore}{Gap}{{0,30}}{DeOrders}{Gap}{{0,40}}{DeDrop}|{DeDrop}{Gap}{{0,20}}\\balles\\b{Gap}{{0,30}}\\b(?:bisher|zuvor|vorher|davor|oben|gelernt|gesagt wurde|aufgetragen|weisst|man dir)\\b")]
    private static partial Regex GermanOverride { get; }

    [GeneratedRegex($"\\b(?:loesch|losch|deaktivier|schalt|entfern|andere|ander|ersetz|brich|verlass|leg){Gap}{{0,30}}\\b(?:deine[nrms]?|eure[nrms]?)\\b{Gap}{{0,25}}\\b(?:\\w*anweisung\\w*|\\w*regeln?|\\w*filter\\w*|\\w*schranken|\\w*beschrankung\\w*|\\w*einschrankung\\w*|\\w*richtlinien|\\w*vorgaben|\\w*rolle|programmierung|sicherheits\\w+|zensur)\\b")]
    private static partial Regex GermanOwnRules { get; }

    [GeneratedRegex($"{FrDrop}{Gap}{{0,50}}{FrBefore}{Gap}{{0,30}}{FrOrders}|{FrDrop}{Gap}{{0,40}}{FrOrders}{Gap}{{0,30}}{FrBefore}|\\b(?:oublie[zr]?|ignore[zr]?)\\b{Gap}{{0,12}}\\btout ce (?:qui precede|qu'on|que (?:l'on|tu|vous|je t))|\\bne (?:tiens|tenez|tenir) (?:pas|plus|aucun\\w*){Gap}{{0,12}}compte{Gap}{{0,20}}(?:precede|instructions|consignes)")]
    private static partial Regex FrenchOverride { get; }

    [GeneratedRegex($"{ZhDrop}{Gap}{{0,16}}{ZhBefore}{Gap}{{0,16}}{ZhOrders}|{ZhBefore}{Gap}{{0,14}}{ZhOrders}{Gap}{{0,12}}(?:作废|无效|不再有效|失效|取消|{ZhDrop})|(?:关闭|解除|取消|修改|删除|突破){Gap}{{0,6}}(?:你|您)的?{Gap}{{0,10}}(?:限制|规则|过滤|安全|约束|指令|设定|审查)|(?:忘记|忘掉|忘了|忽略){Gap}{{0,8}}(?:你被告知|你学到|之前被告知|以上|上面){Gap}{{0,10}}(?:一切|所有|全部|内容)")]
    private static partial Regex ChineseOverride { get; }

    [GeneratedRegex($"{OtherDrop}{Gap}{{0,40}}{OtherOrders}")]
    private static partial Regex OtherOverride { get; }

    // Reveal: asking for what only the operator and the model should see.
    private const string EnShow = @"\b(?:show|print|reveal|repeat|output|tell|give|display|translate|summari[sz]e|encode|write|recite|quote|dump|leak|share|disclose|expose|list|return|echo|copy|paste|spell|describe|paraphrase|rephrase|send|read|provide|type|post|begin|start|what(?:'s| is| are| was| were| does| do))\b";
    private const string EnHidden = @"(?:system|initial|original|hidden|secret|internal|developer|base|underlying|confidential|pre-?set)";

    [GeneratedRegex($"{EnShow}{Gap}{{0,40}}\\byour\\b(?: (?:own|full|exact|entire|complete|whole|current|very|{EnHidden})){{0,3}} ?-?(?:prompts?|{EnHidden} ?-?(?:instructions?|rules|guidelines|message|directives?|text|configuration|setup)|pre-?prompt|(?:instructions?|directives?)(?: (?:verbatim|word|exactly|in full|literally|above|to me|as|that|you)|[^\\w.!?;。！？；\\n]*(?:$|[.!?;。！？；\\n])))|\\b(?:give|tell|send)\\b{Gap}{{0,25}}\\bthe system prompt|\\b(?:show|print|reveal|repeat|output|display|recite|quote|dump|leak|disclose|expose|echo|copy|paste)\\b{Gap}{{0,25}}\\b(?:the|this|that|any|its)\\b(?: \\w+){{0,2}} ?{EnHidden}[ -](?:prompt|instructions?|message|directives?)")]
    private static partial Regex EnglishReveal { get; }

    [GeneratedRegex($"\\b(?:repeat|print|output|copy|echo|recite|translate|display|show|write|return|summari[sz]e)\\b{Gap}{{0,20}}\\b(?:everything|all (?:of )?(?:the )?(?:text|words|lines|content)|the (?:text|words|lines))\\b{Gap}{{0,12}}\\b(?:above|before this|preceding|that (?:precedes?|came before)|prior to this|from the (?:top|start|beginning))|\\bwhat (?:\\w+ )?(?:instructions|rules|orders|guidelines|prompt) (?:were|have|did) you (?:been )?(?:given|told|receive)|\\b(?:words|text|sentence|line) (?:above )?(?:starting|beginning|that (?:starts|begins)) with{Gap}{{0,6}}you are")]
    private static partial Regex EnglishRevealAbove { get; }

    [GeneratedRegex($"\\b(?:zeig\\w*|gib|geben sie|nenn\\w*|verrat\\w*|sag\\w*|wiederhol\\w*|druck\\w*|schreib\\w*|ubersetz\\w*|fass\\w*|list\\w*|offenbar\\w*|leg\\w*|wie laute[tn]|was (?:steht|ist|sind)|kopier\\w*|zitier\\w*|teil\\w*|lies)\\b{Gap}{{0,40}}\\b(?:(?:dein\\w*|ihr\\w*|eue?r\\w*) (?:\\w+ ){{0,2}}(?:system ?-?)?(?:prompts?|systemnachricht\\w*|systemanweisung\\w*|startanweisung\\w*)|(?:dein\\w*|eure\\w*) (?:\\w+ ){{0,2}}(?:anweisung\\w*|instruktion\\w*|vorgaben|regeln)|ihr\\w* (?:geheim|intern|versteckt|ursprunglich|verborgen)\\w* (?:anweisung\\w*|instruktion\\w*|vorgaben|regeln)|d(?:en|as|er|ie) (?:\\w+ ){{0,1}}(?:system ?-?prompt\\w*|systemanweisung\\w*|systemnachricht\\w*))|\\b(?:wiederhol\\w*|gib|zitier\\w*|kopier\\w*|schreib\\w*|ubersetz\\w*)\\b{Gap}{{0,20}}\\b(?:alles|den (?:gesamten |ganzen )?text|die worte|jedes wort)\\b{Gap}{{0,12}}\\b(?:oberhalb|uber dies\\w+|hieruber|davor|da oben|bis hier\\w*|was oben)|\\bwelche (?:\\w+ )?(?:anweisung\\w*|instruktion\\w*|vorgaben) (?:hast du|wurden dir|hat man dir|wurden ihnen|haben sie (?:erhalten|bekommen))")]
    private static partial Regex GermanReveal { get; }

    [GeneratedRegex($"\\b(?:montre\\w*|affiche\\w*|revele\\w*|repete\\w*|donne\\w*|dis|dites|ecri\\w*|imprime\\w*|tradui\\w*|resume\\w*|communique\\w*|recite\\w*|copie\\w*|liste\\w*|cite\\w*|partage\\w*|devoile\\w*|decri\\w*|reprodui\\w*|enumere\\w*|quel(?:le)?s? (?:est|sont|etai\\w+))\\b{Gap}{{0,40}}(?:\\b(?:ton|tes|votre|vos|le|les) (?:\\w+ ){{0,2}}(?:prompts?|invite systeme|message systeme|(?:instructions|consignes|directives) (?:systeme|initiales|cachees|secretes|internes|d'origine|confidentielles|de depart|exactes|recues))|\\b(?:tes|ton) (?:\\w+ )?(?:instructions?|consignes?|regles|directives?)|\\btout ce qui (?:precede|est)|\\ble texte (?:ci-dessus|au-dessus|qui precede)|\\bles mots (?:ci-dessus|qui precedent))|\\bquelles? (?:instructions?|consignes?|directives?) (?:as-tu|avez-vous|t'a-t-on|vous a-t-on|on t'a|tu as|vous avez)")]
    private static partial Regex FrenchReveal { get; }

    [GeneratedRegex($"(?:显示|输出|打印|告诉|透露|泄露|重复|复述|展示|说出|写出|公开|列出|翻译|总结|给我|揭示|念出|复制|描述){Gap}{{0,14}}(?:你|您|系统|初始|原始|隐藏|内部|秘密|最初){Gap}{{0,8}}(?:提示词|系统提示|系统消息|prompt|指令|设定)|(?:你|您)的?{Gap}{{0,6}}(?:提示词|系统提示|系统消息|prompt|指令|设定){Gap}{{0,6}}(?:是什么|有哪些|给我|告诉|全文|原文|内容|发出来|输出|打印|复述|说出来|一字不)|(?:重复|输出|打印|复述|复制|翻译){Gap}{{0,6}}(?:以上|上面|上述|之前)的?{Gap}{{0,4}}(?:所有|全部){Gap}{{0,4}}(?:内容|文字|文本|话)?|(?:你|您)(?:收到|接收|得到|被给予|被赋予|被告知)了?{Gap}{{0,3}}(?:什么|哪些|怎样){Gap}{{0,3}}(?:指令|指示|提示|规则)")]
    private static partial Regex ChineseReveal { get; }

    // Role: telling the model that it is something else now.
    private const string Unbound = @"(?:\b(?:no|without|free (?:of|from)|ignoring|zero|not bound by)\b\W*(?:any |your |all )?(?:\w+ )?(?:restrict|limit|rules|filter|censor|guideline|ethic|moral|polic|constraint|instructions|safety)|\bun(?:restricted|filtered|censored|limited|bound)\b|\bnever refuses?\b)";

    [GeneratedRegex($"\\byou(?:'re| are) (?:now|hereby|from now on|henceforth) (?:an? |the |in |dan|free|my |unrestricted|operating|acting|called|named|going|able|allowed|no longer)|\\byou(?:'re| are) no longer (?:an? |the |bound|restricted|limited|required)|\\bfrom (?:now|this point|here) on(?:ward)?s?\\W+(?:you (?:will|must|are|shall|should|have to|only|always|answer|respond|act|never|speak|do not|don't)|answer|respond|reply|act|always|ignore|speak|pretend)|\\b(?:act|behave|respond|answer|pretend|role-?play|imagine|simulate|speak|reply|talk|be)\\b{Gap}{{0,80}}{Unbound}|\\b(?:do anything now|dan mode|(?:enter|enable|activate|switch (?:in)?to|go into|start|you are in|now in) (?:developer|debug|god|admin|dan|jailbreak|maintenance|unrestricted|sudo|root) mode|(?:developer|debug|god|dan|jailbreak) mode (?:enabled|on|activated))|\\byour (?:new|real|actual|true|only) (?:task|instructions?|job|goal|purpose|role|mission|name|identity) (?:is|are)\\b")]
    private static partial Regex EnglishRole { get; }

    [GeneratedRegex($"\\b(?:du bist|sie sind) (?:ab (?:jetzt|sofort|nun)|jetzt|nun|von nun an|nicht (?:mehr|langer)|fortan) |\\b(?:ab (?:jetzt|sofort|nun)|von (?:nun|jetzt) an|fortan) (?:antworte\\w*|bist du|wirst du|sollst du|musst du|sprichst du|redest du|ignorier\\w*|gilt fur dich)|\\b(?:tu so|stell dir vor|verhalte? dich|spiel\\w*|antworte\\w*|agier\\w*|handle|benimm dich)\\b{Gap}{{0,80}}\\b(?:ohne|keine\\w*|frei von|unbeschrankt\\w*|uneingeschrankt\\w*)\\b{Gap}{{0,15}}(?:regeln|schrankung|filter|grenzen|vorgaben|zensur|richtlinien)|\\b(?:aktivier\\w*|wechsl\\w*|schalt\\w*|geh\\w*|starte\\w*|du bist){Gap}{{0,15}}\\b(?:entwickler|debug|wartungs|admin|gott|dan)-?\\s?modus|\\bdeine (?:neue|wahre|eigentliche|einzige) (?:aufgabe|rolle|identitat|anweisung) (?:ist|lautet)")]
    private static partial Regex GermanRole { get; }

    [GeneratedRegex($"\\b(?:tu es|vous etes) (?:maintenant|desormais|a present|dorenavant) |\\btu n'es plus |\\b(?:desormais|dorenavant|a partir de (?:maintenant|ce moment|cet instant))\\W+(?:tu |vous (?:etes|devez|repond|allez)|reponds|repondez|ignore|agis)|\\b(?:fai(?:s|tes) comme si|fai(?:s|tes) semblant|agis|agissez|imagine[zr]?|comporte[-zr]|joue[zr]?|reponds|repondez)\\b{Gap}{{0,80}}\\b(?:sans|aucune?|libre de|pas de|n'avais|n'aviez)\\b{Gap}{{0,20}}(?:restriction|regle|limite|filtre|censure|consigne|contrainte)|\\b(?:active[zr]?|passe[zr]? en|entre[zr]? en|bascule[zr]?|tu es en){Gap}{{0,10}}\\bmode (?:developpeur|debogage|debug|administrateur|admin|dan|sans restriction)|\\bta (?:nouvelle|vraie|veritable|seule) (?:tache|mission|consigne|identite) est")]
    private static partial Regex FrenchRole { get; }

    [GeneratedRegex($"(?:从现在(?:开始|起)|现在开始|今后|从此(?:以后)?)[，,]?\\s*(?:请?你|您)(?:就|将|要|必须|是|只|不再|扮演|需要|应)|你现在(?:是|不再|扮演|处于|进入)|(?:扮演|假装|假设你|想象你|作为|模拟|充当){Gap}{{0,40}}(?:没有|不受|无|无视|解除|摆脱){Gap}{{0,8}}(?:限制|规则|约束|过滤|审查|道德)|(?:进入|启用|激活|切换到|开启|打开|处于)了?(?:开发者?|开发人员|调试|管理员|上帝|越狱|dan|维护|无限制)模式|你的(?:新|真正|唯一)的?(?:任务|指令|角色|身份|名字)是")]
    private static partial Regex ChineseRole { get; }

    // Address: a page that speaks to machines, not to people.
    private const string EnModel = @"(?:ai|a\.i\.|artificial intelligence|(?:large )?language models?|llms?|chat ?bots?|(?:ai|virtual|digital|chat)[ -](?:assistants?|agents?|models?|systems?)|gpt(?:-\d)?|chatgpt|copilot)";
    private const string DeModel = @"(?:kis?|ki-?(?:assistent\w*|modelle?n?|systeme?n?|bots?|agent\w*)|kunstlichen? intelligenz\w*|sprachmodelle?n?|chatbots?|sprachassistent\w*)";
    private const string FrModel = @"(?:ia|intelligences? artificielles?|(?:grands? )?modeles? de langage|chatbots?|agents? conversationnels?|assistants? (?:ia|virtuels?|numeriques?|conversationnels?))";
    private const string ZhModel = "(?:人工智能(?:助手)?|ai(?:助手|模型|系统)?|(?:大)?语言模型|大模型|聊天机器人|智能助手|智能体)";

    [GeneratedRegex($"\\b(?:if|when|since|because|as) you(?:'re| are) (?:an? |the )?(?:helpful )?{EnModel}\\b|\\b(?:note|attention|message|instructions?|notice|dear|important|memo|warning)\\W+(?:to|for|:)?\\W*(?:all |any |the |every )?(?:{EnModel}\\b|assistants?\\s*[:,])|\\b{EnModel}s? (?:reading|processing|summari[sz]ing|visiting|parsing|indexing|seeing|that reads?|who reads?|which reads?|browsing)\\b|\\b{EnModel}s? (?:must|should|shall|have to|has to|needs? to)\\b{Gap}{{0,20}}\\b(?:always|only|never|instead|ignore|disregard|forget)\\b|\\b(?:answer|respond|reply)(?: to)? (?:all|every|any|each)(?: \\w+){{0,3}} (?:questions?|messages?|quer(?:y|ies)|requests?|prompts?) (?:with|by (?:saying|telling|stating)|only)\\b")]
    private static partial Regex EnglishAddress { get; }

    [GeneratedRegex($"\\b(?:wenn|falls|da|sofern) (?:du|sie) (?:eine?n? )?{DeModel}\\b|\\b(?:hinweis|nachricht|achtung|anweisung\\w*|mitteilung|wichtig|liebe[rs]?|warnung)\\W+(?:an|fur|:)?\\W*(?:alle |die |den |das |jede\\w* )?{DeModel}\\b\\W|\\b{DeModel}\\b,? die (?:dies\\w*|das hier) (?:\\w+ )?(?:les|verarbeit|auswert)\\w*|\\b{DeModel} (?:muss|mussen|soll|sollen|darf|durfen|hat|haben)\\b{Gap}{{0,25}}\\b(?:immer|stets|nur|niemals|stattdessen|ignorieren)\\b|\\b(?:beantworte\\w*|antworte\\w*) (?:auf )?(?:alle|jede\\w*|samtliche) (?:\\w+ )?(?:fragen?|anfragen?|nachrichten?) (?:mit|immer|nur|stets)\\b")]
    private static partial Regex GermanAddress { get; }

    [GeneratedRegex($"\\b(?:si|comme|puisque) (?:tu es|vous etes) (?:une? |l')?{FrModel}\\b|\\b(?:note|attention|message|consignes?|instructions?|avis|avertissement|chere?s?|important)\\W+(?:a |aux? |pour |:)?\\W*(?:l'|la |le |les |tous les |toute |toutes les )?{FrModel}\\b\\W|\\b{FrModel} (?:qui (?:lit|lisent|traite\\w*)|lisant)|\\b{FrModel} (?:doit|doivent)\\b{Gap}{{0,25}}\\b(?:toujours|uniquement|jamais|plutot|ignorer)\\b|\\b(?:reponds|repondez) (?:toujours |systematiquement )?a (?:toutes? (?:les )?|chaque )questions? (?:par|avec)\\b")]
    private static partial Regex FrenchAddress { get; }

    [GeneratedRegex($"(?:如果|若|既然|因为|当)(?:你|您)是(?:一个|一名|个)?{ZhModel}|(?:致|告知|请注意|注意|提醒|通知|指示)[，：:]?(?:所有|各位|任何|阅读本页的?)?{ZhModel}[，：:、]|(?:阅读|读取|处理|浏览)(?:本|此|该|这个)?(?:页面|网页|文档|内容)的{ZhModel}|{ZhModel}(?:必须|应该|应当|需要|要)(?:始终|总是|只能|只|永远|一律|忽略)|(?:对|回答)(?:所有|任何|每个|一切)的?(?:问题|提问|消息)[，,]?(?:都|一律|只)(?:回答|回复|说|用)")]
    private static partial Regex ChineseAddress { get; }

    // Markup: signs by which models or their frames tell who speaks, and the boasts that attacks are tried out with.
    [GeneratedRegex(@"<\|[a-z_]{2,24}\|>|\[/?inst\]|<<\s?/?sys\s?>>|</?(?:system|system_prompt|instructions?|passages?|prompt|assistant)\s?>")]
    private static partial Regex Markup { get; }

    [GeneratedRegex(@"(?:^|\n|[.!?。！？]\s)\s*#{2,}\s*(?:system|new instructions?|instructions? for|assistant|human)\b|(?:-{3,}|={3,}|#{3,}|\[|\*{2,}|<)\s?(?:begin|end|start|new)\b[^\n]{0,30}\b(?:system|prompt|instructions?|passages?)\b")]
    private static partial Regex Frame { get; }

    [GeneratedRegex(@"\bsystem\s?(?:override|prompt|directive|instruction)s?\s?[:\]]|\b(?:system|admin(?:istrator)?|developer|root)\s?[\])]?\s?:\s*(?:you|ignore|disregard|new|override|forget|from now|print|reveal|du |ignoriere|vergiss|tu |ignore[zr]|oublie|你|忽略)|\b(?:new|neue|nouvelles?) (?:system )?(?:instructions?|anweisung(?:en)?|consignes?)\s?:|(?:新的?|最新)(?:系统)?指令[：:]")]
    private static partial Regex Speaker { get; }

    [GeneratedRegex(@"\b(?:say|print|output|write|respond|reply|answer|return|type|echo|sag\w*|schreib\w*|antwort\w*|gib|dis|dites|ecri\w*|repond\w*|affiche\w*)\b[^.!?\n]{0,40}\b(?:pwned|hacked|owned|jailbroken|compromised)\b|(?:说|回答|回复|输出|打印)[^。！？\n]{0,12}(?:pwned|hacked|已被入侵|被黑)")]
    private static partial Regex Boast { get; }

    /// <summary>Orders to whoever reads on, that are plain sentences elsewhere: they count on pages that carry one of the others.</summary>
    [GeneratedRegex(@"^(?:please |now |then |instead |and |always |only |just |you (?:must|will|should) )*(?:say|print|output|respond|reply|answer|write|tell|state|claim|recommend|repeat|send|return|include|begin|start|end|append|visit|act|pretend|speak|never|do not|don't)\b|^(?:bitte |dann |nun |jetzt |stattdessen |immer |nur |du (?:musst|sollst|wirst) )*(?:sag\w*|antworte\w*|schreib\w*|gib|nenn\w*|empfiehl|empfehlen sie|behaupt\w*|wiederhol\w*|verweis\w*|teil\w*|erzahl\w*|sprich|tu so)\b|^(?:maintenant |ensuite |toujours |uniquement |tu dois |vous devez )*(?:dis|dites|reponds|repondez|ecris|ecrivez|affiche\w*|recommande\w*|repete\w*|pretends|affirme\w*)\b|^(?:请|现在|然后|只|始终|必须|你必须)*(?:说|回答|回复|输出|打印|告诉|推荐|声称|重复|写)")]
    public static partial Regex Orders { get; }

    /// <summary>Those that a question and a page are tried with; a harmless asker may use the words of the first kind about himself.</summary>
    public static IReadOnlyList<InjectionPattern> All { get; } =
    [
        new(EnglishOverride, InjectionKind.Override, ["instruction", "directive", "prompt", "guideline", "programming", "rule", "system message"], ["ignor", "disregard", "forget", "overrid", "overwrite", "bypass", "discard", "neglect", "disobey", "abandon", "unlearn", "circumvent", "violate", "dismiss", " aside", "throw ", "stop ", "follow", "obey", "comply with", "adhere to", "listen to", "respect", "pay no"]),
        new(EnglishOwnRules, InjectionKind.Override, ["instruction", "directive", "prompt", "guideline", "programming", "rule", "restriction", "limit", "filter", "safety", "safeguard", "guardrail", "constraint", "training", "polic", "censorship", "ethics", "moderation", "persona", "system message"], ["your", "its", "the assistant's", "the chatbot's", "the bot's", "the ai's"]),
        new(EnglishForgetAll, InjectionKind.Override, ["ignore", "disregard", "forget", "discard"], ["everything", "anything", "all", "what"]),
        new(GermanOverride, InjectionKind.Override, ["anweisung", "instruktion", "vorgab", "prompt", "befehl", "direktive", "regel", "richtlinie", "alles"], ["ignorier", "missacht", "vergiss", "vergess", "uberschreib", "ubergeh", "umgeh", "verwirf", "verwerf", "nicht ", "beachte", "befolge", "folge", "ausser ", "brich", "brechen"]),
        new(GermanOwnRules, InjectionKind.Override, ["deine", "eure"], ["anweisung", "regel", "filter", "schranken", "schrankung", "richtlinien", "vorgaben", "rolle", "programmierung", "sicherheits", "zensur"]),
        new(FrenchOverride, InjectionKind.Override, ["instruction", "consigne", "directive", "regle", "prompt", "invite systeme", "message systeme", "tout ce qu", "precede"], ["ignore", "oublie", "neglige", "contourne", "outrepasse", "enfrei", "desobei", "ecrase", "annule", "abandonne", "ne tien", "ne tenez", "ne tenir", "ne suis", "ne suiv", "ne respecte", "ne pas", "ne plus", "abstraction", "passe", "mets de cote", "desactive"]),
        new(ChineseOverride, InjectionKind.Override) { IsDense = true },
        new(OtherOverride, InjectionKind.Override, ["instrucciones", "instrucoes", "istruzioni", "instructies", "polecenia", "reglas", "regras", "regole"]),
        new(EnglishReveal, InjectionKind.Reveal, ["prompt", "instruction", "directive", "rules", "guidelines", "message", "text", "configuration", "setup"], ["your", "system", "initial", "original", "hidden", "secret", "internal", "developer", "base", "underlying", "confidential", "preset", "pre-set"]),
        new(EnglishRevealAbove, InjectionKind.Reveal, ["everything", "all ", "the text", "the words", "the lines", "you", "words", "text ", "sentence", "line "], ["above", "before this", "preced", "came before", "prior to this", "from the top", "from the start", "from the beginning", "given", "told", "receive", "you are"]),
        new(GermanReveal, InjectionKind.Reveal, ["prompt", "systemnachricht", "anweisung", "instruktion", "vorgaben", "regeln", "alles", " text", "die worte", "jedes wort"], ["dein", "ihr", "euer", "eur", "den ", "das ", "der ", "die ", "oberhalb", "uber dies", "hieruber", "davor", "da oben", "bis hier", "was oben", "hast du", "wurden", "hat man", "haben sie"]),
        new(FrenchReveal, InjectionKind.Reveal, ["prompt", "invite systeme", "message systeme", "instruction", "consigne", "directive", "regle", "tout ce qui", "le texte", "les mots"], ["ton", "tes", "votre", "vos", "le ", "les ", "tout ce qui", "quel"]),
        new(ChineseReveal, InjectionKind.Reveal) { IsDense = true },
        new(EnglishRole, InjectionKind.Role),
        new(GermanRole, InjectionKind.Role, ["du bist", "sie sind", "ab jetzt", "ab sofort", "ab nun", "von nun an", "von jetzt an", "fortan", "modus", "regeln", "schrankung", "filter", "grenzen", "vorgaben", "zensur", "richtlinien", "deine "]),
        new(FrenchRole, InjectionKind.Role, ["tu es", "vous etes", "tu n'es plus", "desormais", "dorenavant", "a partir de", "restriction", "regle", "limite", "filtre", "censure", "consigne", "contrainte", "mode ", "ta nouvelle", "ta vraie", "ta veritable", "ta seule"]),
        new(ChineseRole, InjectionKind.Role) { IsDense = true },
        new(EnglishAddress, InjectionKind.Address, ["=ai", "=ais", "a.i.", "intelligence", "language model", "llm", "chatbot", "chat bot", "virtual", "digital", "chat ", "chat-", "gpt", "copilot", "assistant", .. Of(["answer ", "respond ", "reply "], ["", "to "], ["all", "every", "any", "each"])]),
        new(GermanAddress, InjectionKind.Address, ["ki", "kunstliche", "sprachmodell", "chatbot", "sprachassistent", "fragen ", "frage ", "anfrage", "nachricht"], ["wenn ", "falls ", "da ", "sofern ", "hinweis", "nachricht", "achtung", "anweisung", "mitteilung", "wichtig", "liebe", "warnung", " die ", "muss", "soll", "darf", "durfen", " hat", " haben", "antworte"]),
        new(FrenchAddress, InjectionKind.Address),
        new(ChineseAddress, InjectionKind.Address) { IsDense = true },
        new(Markup, InjectionKind.Markup, ["<|", "inst]", "<<", .. Of(["<", "</"], ["system", "instruction", "passage", "prompt", "assistant"])]),
        new(Frame, InjectionKind.Markup, ["system", "instruction", "assistant", "human", "prompt", "passage"], ["##", .. Of(["---", "===", "[", "**", "<"], ["", " ", "\n", "\t"], ["begin", "end", "start", "new"])]),
        new(Speaker, InjectionKind.Markup),
        new(Boast, InjectionKind.Boast),
    ];

    private static IEnumerable<string> Of(params string[][] parts) => parts.Aggregate((IEnumerable<string>)[""], (so, some) => so.SelectMany(start => some.Select(part => start + part)));
}
