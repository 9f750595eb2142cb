namespace Chatbot.Core.TextAnalysis;

/// <summary>The words of <see cref="StopWords"/>, as written, separated by blanks. Contractions without apostrophe.</summary>
internal static class StopWordLists
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["de"] = """
            der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
            ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch sich man jemand niemand
            mein meine meinen meinem meiner meines dein deine deinen deinem deiner sein seine seinen seinem seiner seines
            ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer euer eure euren eurem eurer
            dieser diese dieses diesen diesem jener jene jenes jenen jenem jeder jede jedes jeden jedem
            welcher welche welches welchen welchem wer wen wem wessen was wann wo wohin woher wie wieso weshalb warum
            wofür wozu womit wodurch woran worauf worin worüber wovon wonach woraus
            und oder aber denn sondern doch sowie bzw weil da dass daß damit wenn falls ob als obwohl während bevor nachdem
            in im ins an am ans auf aus bei beim mit nach von vom vor zu zum zur für über unter um durch gegen ohne
            zwischen bis seit wegen trotz neben hinter ab
            bin bist ist sind seid war waren warst wart wäre wären gewesen sei seien
            habe hast hat haben habt hatte hatten hätte hätten gehabt
            werde wirst wird werden werdet wurde wurden würde würden worden geworden
            kann kannst können könnt konnte konnten könnte könnten muss muß musst müssen müsst musste mussten müsste
            darf darfst dürfen durfte dürfte soll sollst sollen sollte sollten will willst wollen wollte mag möchte möchten
            tun tut tat macht gibt gab es's
            nicht auch nur noch schon sehr so dann hier dort dabei dafür dazu darin daran darauf davon daraus
            etwa denn mal bitte ja nein mehr viel viele vielen alle allem allen aller alles andere anderen
            etwas nichts selbst immer wieder
            """,
        ["en"] = """
            a an the this that these those there here
            i me my mine myself you your yours yourself he him his himself she her hers herself it its itself
            we us our ours ourselves they them their theirs themselves one ones someone something anyone anything
            who whom whose what which when where why how whether
            and or but nor so if then than because as while until although though unless
            of at by for with about against between into through during before after above below to from up down
            in out on off over under again upon within without toward towards per via
            am is are was were be been being have has had having do does did doing done
            will would shall should can could may might must ought
            im youre hes shes were theyre ive youve weve theyve id ill isnt arent wasnt werent hasnt havent hadnt
            dont doesnt didnt wont wouldnt shouldnt cant cannot couldnt mustnt whats wheres whos hows lets thats
            not no yes any some each every both either neither few more most much many other another such only own same
            too very just also ever please tell
            """,
        ["fr"] = """
            le la les l un une des du de d au aux ce cet cette ces cela ceci ça c
            je j tu il elle on nous vous ils elles me m te t se s lui leur leurs y en moi toi soi eux
            mon ma mes ton ta tes son sa ses notre nos votre vos
            qui que qu quoi dont où quand comment pourquoi combien quel quelle quels quelles lequel laquelle lesquels
            lesquelles auquel duquel est-ce
            et ou mais donc or ni car si comme lorsque puisque quoique parce afin
            à dans par pour sur sous avec sans entre vers chez contre depuis pendant avant après selon dès jusque jusqu
            suis es est sommes êtes sont étais était étions étiez étaient sera seront serait soit être été
            ai as a avons avez ont avais avait avions aviez avaient aura auront aurait avoir eu
            fait faire font peut peuvent peux pouvez doit doivent faut
            ne n pas plus moins très trop aussi encore déjà ici là même mêmes tout toute tous toutes autre autres
            aucun aucune chaque plusieurs quelque quelques oui non
            """,
        ["es"] = """
            el la los las lo un una unos unas al del de este esta estos estas esto ese esa esos esas eso
            aquel aquella aquellos aquellas aquello
            yo tú él ella ello nosotros nosotras vosotros ellos ellas usted ustedes me te se nos os le les mí ti sí
            mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra
            qué que quién quiénes quien quienes cuál cuáles cual cuales cuándo cuando dónde donde adónde cómo como
            cuánto cuánta cuántos cuántas cuanto por porqué
            y e o u pero sino ni si aunque porque pues mientras
            a ante bajo con contra desde en entre hacia hasta para según sin sobre tras durante
            soy eres es somos son era eras eran fue fueron será serán sería sea sean ser siendo sido
            estoy está están estaba estaban estuvo estar
            he has ha hemos han había habían hubo haber hay
            tengo tiene tienen tenía tuvo puede pueden podía pudo debe deben hace hacer hizo
            no ya más menos muy también tampoco tan tanto todo toda todos todas otro otra otros otras algún alguno alguna
            algunos algunas ningún ninguno ninguna cada mismo misma mismos mismas
            """,
        ["it"] = """
            il lo la i gli le l un uno una del dello della dei degli delle dell al allo alla ai agli alle all
            dal dallo dalla dai dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle col
            questo questa questi queste quello quella quelli quelle quel quei ciò
            io tu lui lei egli ella noi voi loro essi esse mi ti si ci vi ne me te sé gli
            mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra
            chi che cosa cui quale quali quando dove come perché quanto quanta quanti quante qual
            e ed o oppure ma però se anche né mentre poiché affinché
            di a ad da in con su per tra fra senza sotto sopra verso durante dopo prima contro
            sono sei è siamo siete era erano ero fu furono sarà saranno sarebbe sia siano essere stato stata stati state
            ho hai ha abbiamo avete hanno aveva avevano avrà avere avuto
            può possono posso deve devono fa fare fatto
            non più meno molto molti molta molte troppo già ancora qui là stesso stessa tutto tutta tutti tutte
            altro altra altri altre ogni alcuni alcune qualche nessun nessuno
            """,
        ["nl"] = """
            de het een der des den dit dat deze die
            ik je jij u hij zij ze het we wij jullie hen hun haar hem me mij ons onze zich mijn jouw uw zijn
            wie wat welk welke wanneer waar waarom hoe hoeveel waarmee waarvoor waarin waarop waarvan waardoor waarheen
            en of maar want dus als dan omdat hoewel terwijl indien zodat toen
            in op aan bij met van voor naar uit over onder om door tegen zonder tussen tot sinds te ter ten na vanaf
            ben bent is zijn was waren geweest wees
            heb hebt heeft hebben had hadden gehad
            word wordt worden werd werden geworden zal zult zullen zou zouden
            kan kunt kunnen kon konden moet moeten moest mag mogen mocht wil wilt willen wilde doe doet doen deed
            niet geen ook nog al wel zeer zo er hier daar meer veel alle alles andere ander ieder iedere elk elke
            iets niets iemand niemand zelf
            """,
        ["pt"] = """
            o a os as um uma uns umas do da dos das de no na nos nas em ao aos à às pelo pela pelos pelas
            num numa dum duma este esta estes estas isto esse essa esses essas isso aquele aquela aquilo
            eu tu ele ela nós vós eles elas você vocês me te se lhe lhes nos vos meu minha meus minhas teu tua
            seu sua seus suas nosso nossa nossos nossas
            que quê quem qual quais quando onde aonde como porque porquê quanto quanta quantos quantas
            e ou mas nem se embora pois enquanto
            ante até com contra desde entre para por perante sem sob sobre após durante segundo
            sou és é somos são era eram fui foi foram será serão seria seja ser sendo sido
            estou está estão estava estavam estar
            tenho tem têm tinha tinham ter havia há haver pode podem deve devem faz fazer
            não já mais menos muito muita muitos muitas também tão tanto todo toda todos todas outro outra outros outras
            algum alguma alguns algumas nenhum nenhuma cada mesmo mesma
            """,
        ["ru"] = """
            и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне было вот
            от меня еще ещё нет о об из ему теперь когда даже ну вдруг ли если уже или ни быть был была были него до вас
            нибудь опять уж вам ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем сам
            чтоб чтобы без будто чего раз тоже себе под будет кто этот того потому этого какой какая какие какое
            каков каким какого какую совсем ним здесь этом один почти мой тем нее неё сейчас куда зачем всех можно при
            наконец два другой хоть после над больше тот через эти эта это нас про всего них много разве три эту моя
            впрочем этой перед иногда лучше чуть том такой им более всегда конечно всю между сколько почему откуда
            """,
        // Bigrams of question and function words. Bigrams across word borders stay: only what is surely empty goes.
        ["zh"] = """
            什么 什麼 多少 哪里 哪裡 哪儿 哪些 哪个 哪個 哪种 哪一 哪年 哪位 怎么 怎麼 怎样 怎樣 么样 如何 为什 為什 为何 何时 何種 何种 是否 请问 請問
            谁是 是谁 是什 是哪 是多 有什 有哪 有多 在哪 的是 么是 什 么 哪 谁 的 了 吗 呢 吧 啊 是 在 和 与 及
            我们 你们 他们 它们 这个 那个 这些 那些 这是 那是 以及 或者 因为 所以 但是 可以 一个 一些
            """,
        ["ja"] = """
            です ます でし まし した して てい いる ある から まで など この その あの どの これ それ あれ どれ ここ そこ どこ
            どう なに 何で 何が 何を 何は は何 誰が 誰で ので のは とは には では への にの ため よう とい いう うか すか ょう でしょ
            ください くだ ださ さい
            """,
    };
}
