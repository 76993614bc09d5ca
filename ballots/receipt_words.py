"""A receipt (kvittering) as six Danish words beside its 43 signs: the words are said and found, the signs prove."""

from __future__ import annotations

import re
from typing import Final

COUNT: Final = 6
"""Words of a receipt. Each stands for eleven bits, so six are the first 66 of 256: enough to find one ballot among all."""

_SIGNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_SIGNS_READ: Final = 11
"""Signs of Base64 that the words say again: eleven of six bits each, no bit more and none less."""

_BITS: Final = 11
_RECEIPT: Final = re.compile(r"[A-Za-z0-9+/]{43}")


def receipt_words(receipt: str) -> tuple[str, ...]:
    """The six words of a receipt, which is a ballot's SHA-256 as 43 signs of Base64.

    Two ballots with the same words can be made by trying some 2**33 of them, so words find a ballot and prove nothing;
    whoever wants to know compares the signs. Raises ValueError for what is no receipt.
    """
    if not _RECEIPT.fullmatch(receipt):
        raise ValueError("a receipt has 43 signs")
    number = 0
    for sign in receipt[:_SIGNS_READ]:
        number = number * len(_SIGNS) + _SIGNS.index(sign)
    return tuple(WORDS[(number >> (_BITS * place)) % len(WORDS)] for place in reversed(range(COUNT)))


WORDS: Final[tuple[str, ...]] = tuple(
    """
aftale aften agerhøne agern agurk ahorn akademi akeleje akse akvarium albue alfabet alkove almanak aloe alpehue
altan ananas andedam andehus anemone anis anker anlæg annonce anorak antenne apotek apparat appelsin aprikos april
arbejde arena arie arkade arkiv arm armbånd aroma aronia asfalt asketræ asters astronom atlas august avocado
badebold badebro badekar badesø badetøj bagage bagdør bageri baghave baghjul bagsæde bagværk balje balkon balsam
bambus banan banegård banjo bank barkbåd barn basar bassin bast beddel begonie bergamot besked bestik beton bikage
bikube bil billard billede billet birk birkelys birkes biskuit bivogn bivoks bjergsti bjergsø bjergtop bjælke bjørk
blad bladguld blini blomkål blomst bluse blyant blæk blækhorn blækhus blære blåbær blåhval boblebad bog boghvede
bogklub bogmærke bogreol bogstav bogvogn bolche bolig bolster bomuld bord bordben botanik boule brand brandbil
brasen bredde brev brevdue briks briller brise bro broche broder brokkoli brombær bronze brosten brosæk brunkage
brus brusebad bruser bryggers brænde brændsel brætspil brød brødkurv brødrist budding budget bue buejagt buffet bugt
buket buks bukser buldog bundt bunke buskads butik byge bygkorn bygning bymur bypark byport bytte bæklæb bækørred
bælte bærbusk bærkurv bæver bøf bøgeskov bøgetræ bøjle bølge bølgepap bønne børste bøsning bådfart bådmand bådshage
bådskur båke bålplads cafe camping campist campus cellist cello cement center chance chef chili chutney cikade
cikorie cirkel cirkus citat citron citrus computer cowboy cykel cykelsti cyklist cylinder cymbal cypres daddel dag
dagbog dagslys dahlia damask damehat damp dampbad damper dampskib dans danser dato datter december delfin dessert
detektiv diamant digt digter dingo diplom divan doktor domino dompap donkraft dragt drivhus dromedar dronning drue
drøm dråbe dueslag duft dukke dukkehus dunjakke dusk dynamo dyne dyr dyrehave dyrepark dyrlæge dæk dækken dæmning
dørkarm dørmåtte dørstop dørtrin dåse edderdun edderkop ege egeblad egehegn egekrat egemyre egetræ ekko elastik
elefant element elev elevator elkedel elle elletræ elpære emalje ende endivie energi eng enghave enhed entre
esdragon espresso etage etiket etui eventyr fabrik facade fagot fajance fakkel falk familie fane fanfare far farfar
farmor farve februar fejekost fejl femkant ferie fersken fest festival festsal fiber figen figur film filter filtpen
finger finke firben firkant fisk fiskeben fiskenet fiskeri fiskesø fjeder fjeld fjer fjernsyn fjord flag flagdag
flamingo flamme flaske flet fletning flise flod flodbred flodbåd flue fly flygel flyver fløjl fløjte flåde fodbad
fodbold foder fodspor fodsti fodtøj forel forhave forklæde form format forret forside forår foto fotograf frakke
friluft frimærke frisør frokost front frugt frø frømand fugl fuglebur fuglefrø fuldkorn fuldmåne furesø fyld
fyldepen fyrnål fyrretræ fyrskib fyrtårn færdsel færge fætter fårehund fårekød fåremælk fåresti gadedør gadefest
gadekær gadelys gaffel galleri galoche gang gangbro gangsti garage gardin gartner gasblus gavebånd gavekort gavl
gedemælk gedeost gederams gelænder gevir gilde gips giraf giro gitter glacier glas glasrude glasskår glasur glasvase
glasøje gletsjer glimmer glimt globus gnist godbid godnat golf gondol gran granbar granit granskov grantop grantræ
greb grene grevinde grill grotte grund gruppe grusgrav grusvej gryde grydeske grænse græs græsfrø græskar græsrod
grævling grøft grønkål grøntsag grønært gråand gråbynke gråspurv guitar guld gulddue guldfisk guldring guldsmed
guldur gulerod gulspurv gummi gummibåd gynge gærde gæst gæstebud gåde gård gårdhave gåsefjer gåsepen gåseurt gåtur
hagebut haj hakke halm halmhat halmtag halmtorv halskæde halvmåne hamster handske hanekam harefod harpe hatteske
havbad havblik havbund havebænk havefest havegang havegryn havelåge havfrue havhest havisse havkajak havkat havn
havnebad havre havskum havtaske havtorn havørn hedeland heden hegn hejre herberg herreur hestehov hestesko hibiscus
himmel hindbær hippo hjem hjerte hjort hjul hjulbør hjulnav hjulspor hjørne hobby hofdame hofte hold honning
horisont hornugle hotel hoved hovedret humle humlebi hummer humor hus husblas husdyr husflid husgavl hustag hval
hvalfisk hvede hvedemel hveps hvidkål hvidløg hvidvask hvile hyacint hyben hygge hylde hyldebær hyldetræ hyttefad
hægebær hækleti hækling hæksaks hængebro hængelås høhæs højde højskole høloft høne hønsehus hørgarn høst høstak
høstmåne høtyv høvl hånd håndbog håndbold håndled håndsæbe håndtag hårbånd hårnål hårspray ide iglo ilbud ilder
ildflue ildsted ildtang ilt indgang indkøb indsø ingefær ingeniør insekt isbjørn isblok isbræ isbåd isfugl iskage
isklump iskugle ispind isskab istap isvaffel isvand isvinter jakkesæt januar jasmin jazz jeans jern jernbane jernbro
jernrist jolle jonglør jordbi jordbund jordbær jordhule jordnød jordskok jordvej jubel judo juice jukeboks juli
jumbo jungle jury jæger jærv jætte jævndøgn kabale kabine kaffebar kaffekop kage kagedåse kagefad kageform kagetop
kajak kakao kaktus kalender kalkovn kalkun kalv kam kamel kamera kamfer kamille kamin kanal kanalbåd kande kandis
kano kantine kantsten kapers kappe kaptajn karaffel karamel karat karbad karklud karneval karrusel karry karton
kasket kasse kastanje katalog kattelem katteøje kegle keramik kerne ketsjer kigkasse kikkert kildesti kilo kimono
kind kiosk kirsebær kittel kiwi kladde klang klapstol klarinet klaver klima klinge klipfisk klippe klister klit
klitgræs klitrose klitsti klods klokke klub kløft knallert knap knibtang knob knogle knold knude knækbrød kobbel
koben kobjælde koffert kogebog koklokke kokos kokosnød kolbe koldskål kolibri koloni kolonne komet komfur komma
kommode kompas kompot koncert konfekt konfetti konge kongelys konkylie konto konvolut kopi koral korb korbær kornaks
kornlade kornmark korthus kortspil kosmos kostald kotelet krabbe kranbil krans krebs krebsdyr kridt krimi kringle
krokus krondyr krone krukke krybdyr krydderi krystal krøl krølle krøltop kråke kufert kuglepen kulde kuling kumme
kunst kunstner kupe kuppel kurv kusine kvarkost kvarter kvinde kvist kvæde kvædetræ kværn kyst kystby kystfugl
kystvej kædesav kælder kælk kær købmand købstad kød køkken køkkenur køleskab kørekort køreplan køretøj kørvel kåbe
kålhoved kålorm labyrint ladvogn lagen lagkage lagune lakrids lama laminat lampet land landbrug landevej landhus
landkort landmand landsby landskab lanterne lastbil laurbær lavendel lavine lavland leg legetøj lejr lejrbål lejrtur
lemming leopard lerdue lerfad lergulv lerke lerpibe lerskål lervej lever libelle liga ligning lilje lim limonade
limpotte limstift lindetræ lineal linfrø lingarn linnede linse lodsbåd loft loftlem logbog lokale lomme lommebog
lommekam lommeur lotus luffe lufthavn luftpude luge lupin lur lyd lydbog lygte lygtepæl lykke lyng lynghede lynild
lynlås lyriker lyserød lyskryds lyskæde lysmast lystbåd lystspil læbe læder læderrem lægehus læhegn lænestol længde
lærling læsehest læsesal løbebane løbehjul løber løbesko løbetur løfte løgsuppe løjpe løjtnant lønnetræ lønning
lørdag løve løvetand løvfald løvskov lågekrog lås låsesmed mad madkurv madpakke madpose madras magnet mahogni majs
makrel makron malebog maleri malt malurt manchet mandag mandarin mandel mandolin manege mango mangold maraton
marehalm margerit marina marked markise markmus markvej marsk marsvin marts maske maskine matador matros mave
medalje medaljon medicin megafon mejeri mejsel mel melis melodi melon melsæk menu meridian messing metal meter
metode metro middag midnat midtvej mikrofon mimose mineral minigolf mink minut model mor morbror morfar morgen
mormor mosaik mose mosebær moskito moster motor motorbåd motorvej muffin muldvarp mule mulepose mund mundkurv murer
mursten museum musik muskat musling musvit musvåge mutter myg myggenet mynde myre myretue mælkevej mærke mærkedag
møbel mølle mølledam mørtel måge målebånd måler målmand målstreg måltid måned månefase månelys måneskin måtte nabo
nabohave nabohus nabokat narcis narhval natbord natbus natdyr nattog nattøj natugle natur neb nedbør neglelak
nellike netværk nevø niche niece nikkel nisse nissehue node nodeark nomade nordhav nordlys nordpol nordvind notat
notesbog nougat november nymåne nytår næbdyr næse næsebor næsehorn nøddetræ nøgle nøglehul nål nålepude nåletræ oase
oldefar oldemor olie oliefad oliven omelet omkreds omslag omvej onkel onsdag opal opera opgave opskrift opvask
orange ordbog ordsprog orgel orkan orkester orkide ornament ost ostebord ostefad ostekniv overgang ovn ovnfad
ovnklud ovnlåge ozon paddehat padle padleåre pakhus palet palme palmetræ pamflet panda panel panini pap papaya
papegøje papir papirfly papirhat papkasse paprika papyrus papæske parade paraply parasol park parkbænk parket
parmesan parodi pasta pastel pastinak patent pause pavillon peber peberrod pedal pegepind pejs pejsebål pelikan
pelsværk pen penalhus pendul penge pensel pergola perle perlemor persille pesto piano pibe picnic piletræ pilot
pimpsten pindsvin pingvin pinje pipette pirat pistacie pixibog pizza plade plakat plan planet planke plantage
plaster platin plejer plyds plæne podium poesi polarhav polaris polarræv pomelo ponton popcorn poppel porcelæn
portal portner porto portræt postbil postbud posthus postkort postskib postvogn potte praline pram premiere pris
profil program projekt propel præmie prøve prøverum pudder pude pudevår pult pumpe punkt pupil purløg pusterum
pyjamas pylon pyntedug pyramide pyt pædagog pære pæreis pæresaft pæretræ pøl pølse pølsebod påfugl påhæng rabarber
rabat radar radiator radio radise radius raket rampe rampelys rapport raps rapsmark ratel rebus rede redekam redning
refræn regatta regnbue regnhat regnkåbe regnorm regnskov regnsky regntøj regnvand regnvejr rejse rejsebog rektor
ribs ribsbusk ribsgele ribssaft ridder ridehest ridehus ridesti rimfrost ringbind risbold risgrød risle rismark rive
rivejern robot rodeo rodfrugt rodnet roebed roemark roer rokke rokoko rom roman romance romkugle rosa rosenbed
rosenkål rosentræ rosin rosmarin rotunde route rovdyr rovfugl rug rugbolle rugbrød rugmark rugmel rulle rummand
rumraket rumskib rundbue runddans rundtur rune runesten rust rutebil rutine rygsæk rytme rækkehus rækværk ræv
rævehule rødbede rødgran rødhals rødkål røgelse røgfane rørdrum rørskov røræg rådyr råmælk råolie sadel safir safran
saft saftglas saga saks saksofon salat saltkar saltvand salve samling samtale sandal sandbund sandkage sandvej
sandwich sangbog sanger sangfugl sangkor satellit satin sauna sav savblad savsmuld savværk scene seglskib sejlbåd
sejldug sekretær sele selleri seminar sengetøj sennep serenade service serviet sider siksak sildefad silhuet silke
sirene sirup sivrede sivtag sjal sjov skab skakbræt skaldyr skalle skammel skibsrat skibsur skifer skilift skilt
skin skindhue skinne skipper skistav skitse skitur skive skjold skjorte skjul sko skoflik skohorn skole skolebog
skomager skorpe skorpion skorsten skosnøre skovbryn skovbund skovdue skovfrø skovhus skovly skovsti skovsyre skovsø
skovtur skrift skriver skrue skrædder skræppe skråning skråtag skudår skuespil skuffe skulder skulptur skumring
skvulp skæbne skæg skærgård skærv skøjte skønhed slagbom slagtøj slalom slange sleje slette slips slotssø slæb sløjd
sløjfe slåbrok slåen slåenbær smaragd smedje smergel smil smut smuthul smykke smør smørfad smørklat smørkniv snabel
snare sne snebold snebær snedker snedrive snefnug snegl snegås snehare snehytte snerle snesko snestorm snevejr
snitsel snork snorkel sofa sofabord sofapude solbær solcelle solcreme solhat sollys solo solsejl solsikke solskin
solsort soltag solur solvarme solvogn sommer sonet sopran sovepose sovesal sovs spade spand spar spartel spejder
spejl spejlæg spids spiller spinat spindel spiral spire spiseske sporhund sport sporvej sporvogn spring sprog
sprudel sprække spurv spætte stadion staffeli stak stalddør stamtræ stativ statue stavgang stegefad stempel stenbed
stenbro stenbuk stengulv stenhus stenhøj stenurt stenvej steppe stereo stige stikprop stilhed stillads stivelse
stjerne stof stokrose stopur stormur strand strege streng stribe strigle strik strimmel strofe strøm strømpe strå
stråhat stråle stub student stuehus styrbord styrke stær støvle stål stålorm ståltråd sukat sukker sundhed suppe
suppeske surdej surfer svale svaneham svanesø sveske svingdør svovl sværm svævefly sydhav sydvest sydvind sylte
syltetøj symfoni syren syskrin system syvsover syæske sæbeskum sæbeskål sæde sælger sælhund sætning søbad søbred
søfart søfolk søfugl søgang søgræs søhest søkort sølv sølvfad sølvrev sølvske sølvskål sølvtøj søløve sømand sømærke
søn søndag sønnike sørøver søslag søster søtunge tabel tablet tagrende tagrør tagskæg tagsten taktstok tale tambur
tandem tandhjul tandlæge tangent tankbil tante tapet tartelet tastatur taxi teater tebirkes tebrev teglsten teglværk
tegnebog tegner tegning tekande tekasse teknik tekop telefon telegram teleskop teltdug teltpløk tenor tepause
tepotte termit terrasse terræn tesalon teskål tevand tidevand tidsel tiger time timeglas timian tirsdag tivoli
tjener tjære tjørn toast togbane toglinje togplan togrejse togspor toilet tomat tombola toplue topmøde torden torsk
torv torvedag tovværk trafik traktor trane tranebær trapez trappe trekant tribune trikot trio tromme trompet trop
troskab truck trykkeri træben trædør træfad trægulv træhegn træhest trækasse træklods trækrone trækul trækvind
trækvogn træner træpind trærod træske træskib træskål træsnit træstub trætag trætop trøffel trøje tud tulipan
tunfisk tunge tunnel turbine turist turkis turne turtle tusmørke tvebak tvilling tyfon tyttebær tændstik tæppe
tærskel tærte tøjbamse tøjkurv tømmer tønde tørfisk tørke tørklæde tøvejr tågehorn tårn tårnfalk tårnur udflugt
udgang udhus udhæng udkig udsigt ugedag ugle uglerede uldgarn uldhue uldsok uldtrøje uldtæppe uldvante ulv ulvehyl
undulat ungdom urkæde urmager urskive urskov urtebed urtehave urtesalt urtete urværk vade vadefugl vagt vagtel
vagthund valmue valnød vals vandfad vandhane vandhul vandkar vandløb vandlås vandpyt vandrer vandski vandtårn vange
vanilje varehus varevogn varme vaskehus vasketøj vatpind vattæppe vejbro vejgrøft vejkant vejrhane vejskilt vejsving
vejtræ vejviser ventil veranda verden vestvind veteran vibeæg video vidje vifte viking vildand vildgæs vildkat villa
vimpel vindebro vindpose vindspil vindstød vindue vinkel vinter viol violin vis visesang visir vitamin vitrine vogn
vognhjul vognport vokal vulkan væg væglampe vægur vækkeur værelse værft værksted værktøj væveri vævestol vævning
vådeng vår weekend western whist wok xylofon yacht yngel yoga yoghurt zebra zone zoo zoolog æble æblekage æblemost
æbletræ ædelsten æggeskal ækvator ælling ærinde ært æske ødegård øje øjeblik øjenbryn øjenlåg økologi øreflip
ørering ørken ørred ørredsø øsekar østavind østen østersø østkyst østvej øvehæfte åbenhed åbning ådal åger ålegræs
ålehus ålesuppe åløb åndedræt åre årebåd åregang årring årskort årstal årstid
""".split()  # noqa: SIM905 - two thousand quotation marks would hide the words
)
"""2,048 everyday words in the order of the Danish alphabet, made for this house; `scripts/write_words.py` tells the booth.

Each has three to eight letters. No two differ by one letter alone, or in æ, ø and å alone, or sound alike. None is an insult,
a person's name, or a word of politics, faith or war: it may be the first thing a voter reads after she has voted.
"""
