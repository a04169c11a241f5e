//! Words by which prose calls a piece of JSON a draft, an example or a part, in many languages: in lower case, with bars between them.
//!
//! No list of words is complete. The signs that need none are in [`signs`](super::signs).

/// Where the sentence before a piece says one of these, it is an example.
pub(super) const EXAMPLE_BEFORE: &str = "\
    example|e.g.|for instance|sample|draft|placeholder|template|scratch|not this|beispiel|entwurf|exemple|brouillon|\
    ejemplo|borrador|esempio|exemplo|voorbeeld|rascunho|bozza|черновик|например|пример|下書き|例|草稿|草案|초안|예시|예를|مسودة|مثال|\
    kladblok|concept|utkast|udkast|luonnos|szkic|przykład|taslak|örnek|návrh|příklad";

/// Where its last clause says one of these, it is a draft or a guess.
pub(super) const DRAFT_BEFORE: &str = "\
    maybe|perhaps|guess|suppose|hypothe|at first|first i |first, i |initially|tentativ|vielleicht|peut-être|先ほど|最初";

/// Where it ends with one of these. With more words behind they are about something else: "in the format you asked for".
pub(super) const DRAFT_JUST_BEFORE: &str = "\
    might be|could be|may be|such as|like|in the format|in this format|in the form|of the form|instead of";

/// Words after which the rest of a sentence stands against what it said: "the date may be off, but here it is".
pub(super) const CONTRASTS: &str = "\
     but | aber | doch | mais | pero | mas | ma | maar | men | no | но | ale | ama |ですが|ただし|但是|不过|不過|지만";

/// Phrases that have a word of a draft and speak of the request, of the photo, or of what was not done.
pub(super) const HARMLESS: &str = "\
    your example|your sample|your template|your draft|your placeholder|example you|sample you|template you|\
    placeholders you|example format|sample format|template format|requested template|template provided|\
    sample receipt|sample photo|sample image|sample picture|no placeholder|without placeholder|instead of placeholder|\
    not a guess|no guess|without guess|instead of guess|instead of a guess|rather than guess|not guess|not an example|\
    no example|not a draft|no draft|supposed to|attempted to|attempting to|roughly|this should be|that should be|\
    might be wrong|may be wrong|could be wrong|no mistake|without mistake|ihr beispiel|ihrem beispiel|ihrer vorlage|\
    votre exemple|su ejemplo|tu ejemplo|seu exemplo|ваш пример|вашему примеру";

/// Where the words before a piece end with one of these, it is a part of a receipt.
pub(super) const PART_BEFORE: &str = "\
    subtotal|sub-total|tax|vat|tip|change|discount|item|items|line item|first item|wrong";

/// Words before one of those by which it is a part of what was read, as in "the total including tax".
pub(super) const WITH_PARTS: &str =
    "and|or|including|includes|incl|inc|inclusive of|with|after|plus|&|und|inklusive|inkl|nach|et|ou|avec|y|e|con|com";

/// Where the words just after a piece say one of these, it is withdrawn.
pub(super) const DRAFT_AFTER: &str = "\
    as the subtotal|as subtotal|as the sub-total|is the subtotal|as an example|is an example|an example|\
    just an example|draft|wrong|incorrect|? no|not right|not correct|not the total|not the final|placeholder|\
    template|as the tax|for example|mistake|correction|second thought|sorry|oops|\
    edit:|scratch that|misread|hold on|should be|falsch|stimmt nicht|korrektur|faux|incorrecte|incorrecto|errado|\
    sbagliat|違い|間違|不对|不對|错误|錯誤|틀렸|아니|неверно|неправильно|خطأ";

/// The same where the sentence does not ask the reader to do it.
pub(super) const CHECKS_AFTER: &str = "recheck|re-check|double-check";

/// Where they begin with one of these, too.
pub(super) const DRAFT_AFTER_AT_ONCE: &str = "\
    wait|hmm|no,|no.|no!|actually|but |?";

/// Words that introduce a second answer beside the first.
pub(super) const ANOTHER: &str = "\
    second|2nd|another|other receipt|other one|next receipt|receipt 2|receipt #2|receipt two|receipt b|third|also|\
    image 2|photo 2|page 2|left|right receipt|right one|right-hand|right side|the right:|the right is|on the right|\
    bottom receipt|lower receipt|upper receipt|top receipt|zweite|deuxième|segund|secondo|andere|autre|otro recibo|\
    второй|второго|第二|二枚目|2枚目|두 번째";

/// Words that introduce an answer that is better than the one before.
pub(super) const REVISES: &str = "\
    final|correct|actual|the real |instead|rather|revis|updat|fixed|amended|adjusted|improved|better|in fact|exactly|\
    precise|again|re-read|reread|recheck|re-check|double-check|looking closer|on reflection|total is|the total:|\
    sorry|mistake|misread|oops|no,|no:|no.|no!|wait|hmm|verified|should be|should read|korrigiert|korrektur|richtig|\
    tatsächlich|endgültig|nein|corrig|en fait|finalement|définitif|non,|correg|en realidad|definitiv|no es|na verdade|\
    corret|in realtà|gecorrigeerd|eigenlijk|definitief|uiteindelijk|rättelse|rettelse|slutlig|исправ|на самом деле|\
    окончательн|итог|poprawion|ostateczn|opraven|düzelt|正しく|訂正|修正|最終|改めて|正确|正確|更正|最终|最終|실제|수정|최종|التصحيح|\
    النهائي|الصحيح";

/// The same as [`DRAFT_BEFORE`], at the beginning of a word: in the middle of one they would be found in others.
pub(super) const DRAFT_STEMS: &str = "\
    attempt|rough|provisional|preliminary|not final|not yet final|dummy|mock|imagine|let's say|let us say|estimat|\
    speculat|conjectur|unverified|last time|work in progress|possibly|untested|demo|sketch|first try|first pass|\
    first reading|intermediate|vermut|geraten|geschätzt|schätz|annahme|angenommen|vorläufig|z. b.|z.b.|versuch|\
    rohfassung|skizze|notiz|platzhalter|muster|misschien|gok|veronderstel|bijvoorbeeld|poging|klad|voorlopig|\
    aanname|schets|kanske|gissning|exempel|försök|preliminär|antag|måske|gæt|eksempel|forsøg|foreløbig|kanskje|\
    gjett|forsøk|skiss|kannski|uppkast|ágisk|dæmi|miskien|konsep|suppos|essai|ébauche|provisoire|hypothès|devin|\
    esquisse|supong|suposic|tal vez|quizá|intento|adivin|hipótesis|conjetura|boceto|talvez|suposi|hipótese|tentativ|\
    palpite|provisóri|suponh|esboço|forse|ipotesi|provvisori|supponi|abbozzo|appunt|poate|ciorn|schiț|presupun|ghic|\
    provizori|potser|esborrany|exempl|może|zgaduj|na przykład|przypuszcz|wstępn|brudnopis|roboczy|možná|odhad|např|\
    napr|předběžn|hádám|koncept|možda|nacrt|primjer|skica|возможно|предполож|догад|наброс|допустим|предварит|попытк|\
    чернов|эскиз|можливо|чернетк|наприклад|припущ|здогад|приклад|може би|galbūt|juodraš|pavyzd|varbūt|melnrakst|\
    piemēr|ehkä|arvaus|arvio|esimerk|alustava|hahmotel|võib-olla|mustand|näide|näite|talán|becsl|példa|például|\
    vázlat|tipp|piszkozat|belki|tahmin|örneğin|deneme|geçici|varsay|πρόχειρ|παράδειγμα|ίσως|υπόθεσ|εικασία|προσχέδι|\
    ربما|تخمين|مثلا|افتراض|مبدئي|אולי|טיוט|ניחוש|דוגמ|לדוגמ|נניח|شاید|پیش‌نویس|پیش نویس|حدس|نمونه|فرض|शायद|मसौदा|\
    अनुमान|उदाहरण|मान ली|হয়তো|খসড়া|অনুমান|উদাহরণ|உதாரண|எடுத்துக்காட்டு|வரைவு|ఉదాహరణ|có lẽ|bản nháp|nháp|ví dụ|\
    đoán|giả sử|mungkin|draf|contoh|tebakan|misal|andai|rancangan|halimbawa|burador|siguro|labda|rasimu|mfano|\
    previous photo|previous receipt|previous image|earlier:|earlier i |let's assume|assume a |assume the receipt|\
    for illustration|illustrative";

/// The same in languages that do not part words.
pub(super) const DRAFT_ANYWHERE: &str = "\
    かもしれ|仮の|仮に|推測|たぶん|おそらく|たとえば|試しに|試案|サンプル|可能|也许|也許|猜|假设|假設|比如|暂定|暫定|初步|估计|估計|大概|尝试|嘗試|或许|或許|草图|아마|추측|가정|임시|อาจ|\
    ร่าง|ตัวอย่าง|เดา|สมมติ|ຕົວຢ່າງ|ឧទាហរណ៍";

/// Words of a model that goes on working. A sentence that speaks to the reader does not count.
pub(super) const GOES_ON: &str = "\
    let me|let's|let us|i'll |i will|i need to|now i |looking again|look again|looking closer|checking|re-read|\
    reread|on reflection|on closer|thinking about it|lass mich|ich prüfe|ich muss|laissez-moi|laisse-moi|je vérifie|\
    je dois|déjame|déjeme|voy a |deixe-me|vou |lasciami|fammi|verifico|laat me|ik moet|låt mig|lad mig|la meg|\
    давайте|проверю|перепроверю|sprawdzę|zkontroluj|ověřím|tarkistan|確認し|見直|もう一度|让我|讓我|我再|再看|重新|다시|확인해 보|دعني|\
    kiểm tra lại|periksa lagi|not sure about this|not sure about the total|not sure about the amount|\
    not sure if this|i must check|i must look|i should check|i should look|i should double|i have to check|\
    i still need";

/// Words of a model that takes back what it said. In a condition, such as "if this is wrong", they do not count.
pub(super) const TAKES_BACK: &str = "\
    wrong|incorrect|misread|mistake|not right|that's not|that is not|withdraw|scrap |retract|cannot be right|\
    can't be right|discard it|discard that|discard this|discard the|disregard it|disregard that|disregard this|\
    disregard the|ignore it|ignore that|ignore this|ignore the above";

/// Words of a condition.
pub(super) const CONDITIONS: &str = "\
    let me know|if you|if any|in case|falls|wenn |si vous|si necesita|si desea|se hai|se precisar|als je|als u|\
    om du|если|如果|もし|경우| if ";

/// Words of a sentence that speaks to the reader.
pub(super) const TO_THE_READER: &str = "\
    feel free|please|you can|you may|you should|would you|do you|bitte|n'hésitez|por favor|пожалуйста|ください|请|請|주세요|\
    happy to|glad to|gladly|help|assist| your ";

/// Words after which a sentence goes on.
pub(super) const OPEN_ENDS: &str = "\
    is|are|was|be|the|a|an|of|and|or|to|that|but|as|at|in|with|should|would|ist|sind|war|der|die|das|und|oder|von|\
    aber|est|le|la|les|de|et|ou|mais|es|el|los|y|pero|é|o|e|mas|è|il|ma|het|een|en|maar|är|och|er|og|на|и|но";

/// Labels of an answer. After a piece they say that it was not the answer.
pub(super) const ANSWER_LABELS: &str = "\
    answer|final|final answer|final result|result|conclusion|verdict|antwort|endergebnis|ergebnis|fazit|réponse|\
    résultat|respuesta|resultado|conclusión|resposta|risposta|risultato|antwoord|svar|ответ|итог|odpowiedź|odpověď|\
    cevap|yanıt|回答|最终答案|答案|결론|答え|الجواب|उत्तर";
