// Plural nouns whose lemma the rules of noun endings would not give.
#include "metrics/spice/lemmas/tables/exceptions.h"

namespace vernier::spice {
namespace {

constexpr std::string_view kUnchanged = R"(
abdomen ablutions acacia accoutrements achimenes acrobatics acumen adenoids aegis aerobatics
aerodynamics aeronautics aesthetics afrikaans afters albumen alias alibi alkali alms alopecia
ambergris amblyopia ambrosia amends ammonia amnesia anaesthesia analgesia anesthesia annals
anopheles anorexia anti aphasia aphis aria aries arras arrears artemisia asbestos asia asphyxia
assagai assegai assizes astronautics astrophysics ataxia athletics atmospherics auspices avens
avoirdupois axis backwoods ballistics banns barracks basics bathos battlements bedclothes begonia
bellows belongings bengali beriberi betters bias biceps bifocals bikini billiards binoculars
bitters bitumen blandishments blinders blini blinkers bloomers blues bonsai borzoi bourgeois
bowels breeches briefs broccoli brussels butterfingers bygones cafeteria cahoots calisthenics
calla callisthenics camellia campanula cannabis cannula cantata canvas caravanserai caries
castanets cedilla chaos checkers chili chinchilla christmas clappers clothes cognomen cola
collywobbles confetti confines contents contretemps copula corgi cornucopia corolla corps cos
cosmos credentials crossbones crossroads cupola curia cybernetics cyclamen cyclopaedia cyclopedia
cyclops dahlia dais damages dealings debris deli dementia denims dentures depths devotions dhoti
diabetes dickens dietetics diphtheria dipsomania doings doldrums dolmen downs dramatics dregs
duckboards dungarees dynamics dyslexia dyspepsia dysphagia dystopia earnings eatables eaves
economics edibles effendi electronics encyclopaedia encyclopedia ennui entrails environs envoi
epidermis epiglottis ergonomics erysipelas ethos eugenics euphoria eurhythmics eurythmics
euthanasia externals faeces falsies fantasia fascia ferris fibula filings finances finis
fisticuffs fistula fives flotilla footlights forceps forsythia fours fracas freesia fries fuchsia
furnishings gala gallows gas gasworks genetics genitals geophysics geopolitics geriatrics gi
giblets glassworks glottis goggles gondola goods gorilla gras gravitas grits grounds guerilla
guerrilla gymnastics hackles hadji haggis handcuffs handlebars haves headquarters heartstrings
hernia heroics herpes histrionics homiletics hoopla houri housetops hubris hula humanities
hustings hydraulics hydroponics hymen hyperbola hypochondria hysteria ibis ides illuminations
inamorata inertia informatics innards insignia insomnia intelligentsia iris ironworks is israeli
italics jackanapes jacuzzi jakes jeans jinks jitters jodhpurs kepi khaki kinetics kiwi kleptomania
knickerbockers knickers koala kohlrabi kris kudos kumis kwela latitudes leavings lees leftovers
leggings lei lens lexis likes linguistics litchi literati litotes lodgings loggerheads loggia
logistics macaroni mafia magnesia magnolia makings malaria mania manila manilla manners mantilla
mantis maquis marginalia marquis martini mathematics matins means measles media megalomania
melancholia memoirs memorabilia menses mercedes metaphysics meths metropolis microelectronics
militia minutia minutiae mips molasses moneybags monomania mores morphia muesli mufti muggins
multimedia mumps muniments munitions myopia nebula necessaries necropolis neuralgia news nines
nostalgia numismatics nuptials nutria nylons nymphomania oats obstetrics odds oils okapi olympics
omen onomatopoeia oodles ophthalmia optics orthodontics orthopaedics os outdoors outskirts
overalls paediatrics pajamas pampas pancreas pantaloons panties pants papers parabola paranoia
paraphernalia paraplegia paras paratroops particulars pastis pastrami patchouli patella
paterfamilias pathos patois payola pediatrics pelvis peninsula penis pepperoni pepsi pergola
petunia phantasmagoria pharmacopoeia phi phonemics phonetics phonics physics pi piccalilli
pickings pincers pisces pizzeria pliers pneumonia poinsettia politics polyuria pontificals
portcullis potpourri praxis precis prelims primula proboscis proceedings proceeds prophylaxis
prospects pubes pyjamas pyrexia pyrites pyrotechnics rabbi rabies raffia ravages ravings ravioli
regalia regards reggae regimen remains reredos respects revers rhinoceros riches rickets rigatoni
rights rompers rounders rubella ructions safari saki salami salmonella salvia samurai sari
sarsaparilla sassafras saturnalia savings sawbones scabies scads scampi scapula schnapps scintilla
scissors scrapings scrofula secateurs seconds semantics semen sepia sequoia series seychellois
shades shallows shambles shears shorts si singles ski slacks smalls smithereens somali sonata
spaghetti spatula species specifics specimen spectacles spermaceti splits stamen statics
statistics steelworks subtopia suburbia suds summons sundae superficies supplies surroundings
sushi suspenders swami sweepings sweepstakes syphilis tachycardia takings tarantella tarantula
tatters taxi teens telecommunications tennis tenterhooks tequila testis tetris thanks theatricals
therapeutics thermodynamics thermos thrips ti tibia tiddlywinks tights timpani toccata toiletries
tombola topi tortilla trappings travels trellis trews triceps tripos trivia troops tropics
trousers tsunami turps tweeds tweezers umbrella underclothes underpants undies upstairs utopia
uvula vaccinia vanilla vapours verdigris vermicelli vespers vibes victuals villa viola vitals wadi
wages wanderings wapiti wares waterworks waxworks whereabouts whites wiles winnings wisteria
withers woolens woollens workings writings yes yeti yogi zinnia zucchini)";

constexpr std::string_view kDropS = R"(
abuses aches adzes aeries aloes anomies apocalypses apses arses aunties aussies avalanches
backaches barouches beaus birdies boches bogies bonhomies bookies bourgeoisies brasseries bries
brioches bronzes brownies budgies bureaus burnouses cabbies caches cachous caddies calories
camaraderies canoes caribous causeries cayuses chartreuses chauffeuses chinoiseries cliches
cloches collapses collies commies cookies coolies copses corpses corries coteries cowries coypus
creches crevasses cruses curies dearies disuses dixies does doggies douches eateries eclipses emus
excuses expanses expenses eyries faeries felloes finesses flambeaus floes foes freebies gaucheries
gendarmeries genies ghillies gillies glimpses gnus goalies gouaches grannies groupies grouses
gurus hammertoes hankies headaches heartaches hindus hippies hoes honkies hypotenuses impasses
impromptus impulses jujus junkies kiddies knobkerries koppies laddies landaus lapses lassies
lingeries magpies manses maries mashies masseuses mealies meanies menageries menus microfiches
milieus mistletoes misuses moonies mounties mousses moustaches movies moxies mus muses neckties
niches nighties nonsenses oboes organdies ouses overuses parvenus pastiches patisseries pelisses
petties pinkies pixies plateaus portmanteaus poseuses posses prairies prolapses psyches pulses
quiches quickies recluses recompenses relapses reveries rinses roes rookies rotisseries ruses
sadhus sis sloes smoothies softies sorties stymies sweeties tableaus talkies tenses throes tiptoes
toes toughies trousseaus tutus weirdies willies woes yuppies zebus zombies)";

constexpr std::string_view kDropEs = R"(
aliases alkalies arrases atlases axises beldames biases canvases chaoses chillies christmases
chrysalises clitorises colones conquistadores cosmoses daises dryades epiglottises ethoses fezes
gases glottises ibises irises judases kohlrabies macaronies mantises marquises metropolises
naiades necropolises orchises oses pancreases pathoses pelvises penises portcullises praxises
proboscises quizes ratlines reales reredoses rhinoceroses sawboneses summonses swamies swathes
taxies thermoses trellises triposes yeses)";

constexpr std::string_view kIrregular = R"(
abcs>ABC addenda>addendum adieux>adieu afterlives>afterlife amanuenses>amanuensis
analyses>analysis anastomoses>anastomosis anthraces>anthrax antitheses>antithesis aphides>aphis
apices>apex apotheoses>apotheosis appendices>appendix arboreta>arboretum
arterioscleroses>arteriosclerosis asbestoses>asbestosis aurar>eyrir automata>automaton axes>axis
bambini>bambino bandeaux>bandeau banditti>bandit bases>basis bassi>basso beaux>beau beeves>beef
bijoux>bijou bookshelves>bookshelf boraces>borax brainchildren>brainchild buckteeth>bucktooth
bunde>bund bureaux>bureau busses>bus calves>calf calyces>calyx candelabra>candelabrum
capricci>capriccio carides>caryatid catalyses>catalysis cathedra>cathedron celluloses>cellulosis
cerebra>cerebrum cervices>cervix chamois>chamoix chateaux>chateau children>child
chrysalides>chrysalis cicatrices>cicatrix ciceroni>cicerone cloverleaves>cloverleaf
coccyges>coccyx codices>codex concertanti>concertante concerti>concerto concertini>concertino
continua>continuum contralti>contralto corpora>corpus corrigenda>corrigendum cortices>cortex
crescendi>crescendo crises>crisis criteria>criterion cruces>crux cyclopes>cyclops data>datum
dermatoses>dermatosis desiderata>desideratum diaereses>diaeresis diaerses>diaeresis
diagnoses>diagnosis dialyses>dialysis diathses>diathesis dicta>dictum diereses>dieresis
dilettanti>dilettante divertimenti>divertimento dogteeth>dogtooth dormice>dormouse dui>duo
duona>duodenum duonas>duodenum dwarves>dwarf eisteddfodau>eisteddfod ellipses>ellipsis elves>elf
emphases>emphasis enneahedra>enneahedron ephedra>ephedron epiglottides>epiglottis errata>erratum
exegeses>exegesis exostoses>exostosis eyeteeth>eyetooth feet>foot fellaheen>fellah fellahin>fellah
femora>femur fezzes>fez figs.>fig. flagstaves>flagstaff flambeaux>flambeau flatfeet>flatfoot
flyleaves>flyleaf fora>forum forefeet>forefoot fulcra>fulcrum ganglia>ganglion gasses>gas
gateaux>gateau geese>goose gemboks>gemsbok genera>genus geneses>genesis genii>genie
gestalten>gestalt glissandi>glissando glottides>glottis godchildren>godchild
grandchildren>grandchild halfpence>halfpenny halves>half helices>helix hendecahedra>hendecahedron
hooves>hoof hypnoses>hypnosis hypotheses>hypothesis iambi>iamb ibices>ibex icosahedra>icosahedron
impedimenta>impediment indices>index intagli>intaglio intermezzi>intermezzo interregna>interregnum
irides>iris kibbutzim>kibbutz knives>knife kronen>krone kroner>krone kronur>krona kylikes>kylix
larynges>larynx latices>latex leaves>leaf leges>lex libretti>libretto lice>louse lieder>lied
lire>lira lives>life loaves>loaf loggie>loggia lustra>lustre maestri>maestro mafiosi>mafioso
maharajahs>maharaja mantes>mantis markkaa>markka matrices>matrix matzoth>matzo mausolea>mausoleum
maxima>maximum meioses>meiosis memoranda>memorandum meninges>meninx menservants>manservant
mesdemoiselles>mademoiselle messieurs>monsieur metadata>metadatum metamorphoses>metamorphosis
metatheses>metathesis metempsychoses>metempsychosis mice>mouse milieux>milieu minima>minimum
momenta>momentum monsignori>monsignor mooncalves>mooncalf mullahs>mulla mynahs>myna
necropoleis>necropolis nemeses>nemesis neuroses>neurosis novelle>novella oases>oasis
octahedra>octahedron optima>optimum ora>os osar>os ossa>os ova>ovum oxen>ox paralyses>paralysis
parentheses>parenthesis pastorali>pastorale patresfamilias>paterfamilias pease>pea
pekingese>pekinese pelves>pelvis pence>penny penes>penis penknives>penknife pentahedra>pentahedron
perihelia>perihelion pfennige>pfennig phalanges>phalanx pharoses>pharisee pharynges>pharynx
phenomena>phenomenon philodendra>philodendron pineta>pinetum plateaux>plateau plena>plenum
pleura>pleuron pocketknives>pocketknife polyhedra>polyhedron portmanteaux>portmanteau
praxes>praxis proboscides>proboscis prognoses>prognosis prolegomena>prolegomenon
prostheses>prosthesis protozoa>protozoan psychoses>psychosis pudenda>pudendum putti>putto
quanta>quantum quarterstaves>quarterstaff quizzes>quiz rajahs>raja recta>rectum
referenda>referendum reguli>regulo reis>real rondeaux>rondeau rostra>rostrum sancta>sanctum
scarves>scarf scherzi>scherzo scleroses>sclerosis scrota>scrotum selves>self sera>serum
seraphim>seraph sheaves>sheaf shelves>shelf signore>signora signori>signor simulacra>simulacrum
soli>solo spectra>spectrum sphinges>sphinx splayfeet>splayfoot sputa>sputum stamina>stamen
stelae>stele stenoses>stenosis stepchildren>stepchild sterna>sternum strata>stratum
stretti>stretto synopses>synopsis syntheses>synthesis tableaux>tableau teeth>tooth tempi>tempo
tenderfeet>tenderfoot testes>testis tetrahedra>tetrahedron theses>thesis thieves>thief
thoraces>thorax titmice>titmouse topoi>topos torsi>torso trapezohedra>trapezohedron
trihedra>trihedron trisoctahedra>trisoctahedron triumviri>triumvir trousseaux>trousseau
turves>turf tympana>tympanum ultimata>ultimatum vacua>vacuum vasa>vas vertices>vertex
vertigines>vertigo virtuosi>virtuoso vortices>vortex werewolves>werewolf wharves>wharf whirrs>whir
wolves>wolf woodlice>woodlouse yogin>yogi zoonoses>zoonosis aides-de-camp>aide-de-camp
billets-doux>billet-doux brothers-in-law>brother-in-law culs-de-sac>cul-de-sac
daughters-in-law>daughter-in-law fathers-in-law>father-in-law fleurs-de-lis>fleur-de-lis
gentlemen-at-arms>gentleman-at-arms goings-over>going-over hangers-on>hanger-on
jacks-in-the-box>jack-in-the-box ladies-in-waiting>lady-in-waiting lookers-on>looker-on
masters-at-arms>master-at-arms men-at-arms>man-at-arms men-of-war>man-of-war
mothers-in-law>mother-in-law passers-by>passer-by pieds-a-terre>pied-a-terre runners-up>runner-up
secretaries-general>secretary-general sisters-in-law>sister-in-law sons-in-law>son-in-law
whippers-in>whipper-in)";

constexpr WordList kLists[] = {
    {kUnchanged, 0, ""},
    {kDropS, 1, ""},
    {kDropEs, 2, ""},
    {kIrregular, 0, ""},
};

}  // namespace

const Exceptions& noun_exceptions() {
  static const Exceptions exceptions(kLists);
  return exceptions;
}

}  // namespace vernier::spice
