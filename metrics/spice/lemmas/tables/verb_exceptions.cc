// Verb forms whose lemma the rules of verb endings would not give.
#include "metrics/spice/lemmas/tables/exceptions.h"

namespace vernier::spice {
namespace {

constexpr std::string_view kUnchanged = R"(
bias canvas embed gas hamstring imbed precis)";

constexpr std::string_view kDropS = R"(
abuses accuses aches amuses analyses arouses belies bemuses boogies bronzes browses caches canoes
carouses chasses cleanses collapses condenses contuses disabuses dispenses douses eclipses elapses
enthuses excuses glimpses grouses hoes incenses lapses licenses misuses muses overlies overuses
paralyses peruses pulses recompenses recuses relapses repulses reuses rinses rouses senses souses
stymies tenses tiptoes toes traipses underlies unties)";

constexpr std::string_view kDropEs = R"(
abyes biases canvases degases gases precises quizes summonses whizes)";

constexpr std::string_view kDropD = R"(
abused accreted accused ached adhered adored agreed amused anted aquaplaned aroused atoned attuned
basted beguiled belied bemused boned boogied bronzed cached caddied caned caroused centred chassed
cloned cohered communed compered competed concreted condoned contravened contused convened coped
craned created decreed deleted delineated dethroned disabused disagreed disunited doped doused
draped droned duped dynamited eloped emceed enplaned enthroned enthused escaped excused expedited
expunged extradited filigreed forted freed fricasseed gangrened gaped garnisheed gazetted geed
griped groped groused guaranteed hinged honed hoped ignited importuned interfered interloped
intervened intoned landscaped loped lunged manoeuvred massacred miscreated misused moped mused
nauseated outmanoeuvred outvied overawed overused pasted peed persevered perused phoned piped
planed postponed premiered procreated profaned pruned pureed ranged raped reconvened recreated
recused refereed reignited reshaped reunited reused revenged revered riposted roped roused routed
scraped secreted seined sellotaped semaphored shaped sideswiped silhouetted singed sloped sniped
soused squeegeed stoned stymied supervened swiped taped tasted teed telephoned telescoped tinged
toned tuned united untied videotaped waned wasted wiped zoned)";

constexpr std::string_view kDropEd = R"(
accustomed arced augured axed backpedaled balloted banqueted barreled bastinadoed bathed bedeviled
beggared bejeweled bequeathed berthed betrothed beveled biased billeted blossomed boomeranged
bottomed buckramed buncoed busheled canaled canceled canvased caroled cataloged caviled chagrined
channeled chiseled clanged collared concertinaed congaed counseled crescendoed croqueted cryed
cudgeled debuted deviled disemboweled disheveled dittoed driveled earthed echoed egged embargoed
empaneled enameled envenomed equaled fathomed filleted frescoed frivoled frothed funneled gamboled
graveled groveled hatcheled impaneled imperiled jeweled kenneled labeled lassoed leveled libeled
marshaled martyred marveled metaled miaoued miscalled modeled mortared mouthed murmured nickeled
occured outgeneraled paneled paralleled parceled parroted pedaled penciled piloted pivoted polkaed
pommeled precised profited pummeled putted pyramided quarreled quelled quized ransomed raveled
remodeled reveled rivaled sambaed shoveled shriveled signaled skied slanged smoothed snafued
sniveled soloed spiraled stenciled stuccoed subpoenaed sudsed sugared summonsed swiveled talced
tangoed taxied thronged tinseled torpedoed totaled toweled trameled traveled troweled tunneled
twanged unearthed unraveled unseated vetoed visaed whanged whized wronged yodeled zeroed)";

constexpr std::string_view kDropIng = R"(
accustoming arcing auguring axing backpedaling balloting banqueting barreling bathing bedeviling
being bejeweling bequeathing berthing beveling biasing billeting blossoming bottoming bringing
browbeating buckraming busheling canaling canceling canvasing caroling cataloging catcalling
caviling channeling chiseling clanging clinging collaring concertinaing congaing conquering
counseling croqueting cudgeling debuting deviling disemboweling disheveling driveling earthing
egging empaneling enameling equaling fathoming filleting flinging frivoling frothing funneling
gamboling graveling groveling hamstringing hatcheling impaneling imperiling jeweling kenneling
labeling lacquering leveling libeling marshaling martyring marveling metaling modeling mortaring
mouthing murmuring nickeling occuring outgeneraling overhanging paneling paralleling parceling
parroting pedaling penciling piloting pivoting polkaing pommeling precising profiting pummeling
pyramiding quarreling quelling quizing ransoming raveling remodeling reveling rivaling sambaing
shoveling shriveling signaling skiing slanging slinging smoothing snafuing sniveling spiraling
springing squalling stenciling stinging stringing subpoenaing sudsing swinging swiveling talcing
taxiing thronging tinseling totaling toweling trameling traveling troweling tunneling twanging
unearthing unraveling unseating unstringing visaing whanging whizing wringing wronging yodeling)";

constexpr std::string_view kIngToE = R"(
abusing accreting accusing aching adhering adoring amusing arousing atoning attuning backbiting
basting beguiling bemusing boning bronzing caching caning carousing centring cloning cohering
communing compering competing concreting condoning contravening contusing convening coping craning
creating deleting delineating dethroning disabusing doping dousing draping droning duping
dynamiting eloping enthroning enthusing escaping excusing expediting expunging extraditing eying
forting gangrening gaping garotting gazetting ghostwriting griping groping grousing hinging honing
hoping igniting ignoring importuning interfering interloping intervening intoning landscaping
loping lunging manoeuvring massacring miscreating misusing moping musing nauseating outmanoeuvring
overawing overusing overwriting pasting persevering perusing phoning piping planing postponing
premiering procreating profaning pruning ranging raping reconvening recreating recusing reigniting
reshaping reuniting reusing revering roping rousing routing scraping secreting sellotaping
semaphoring shaping sideswiping silhouetting sloping sniping sousing stoning supervening swiping
taping tasting telephoning telescoping tinging toning toping tuning typewriting underwriting
uniting videotaping waning wasting wiping zoning)";

constexpr std::string_view kIrregular = R"(
'm>be 're>be 've>have abode>abide abought>aby acquitted>acquit acquitting>acquit addrest>address
am>be appalls>appal arcked>arc arcking>arc are>be arisen>arise arose>arise ate>eat awoke>awake
awoken>awake backbit>backbite backbitten>backbite backslid>backslide backslidden>backslide
bade>bid beaten>beat became>become been>be befallen>befall befell>befall began>begin begat>beget
begirt>begird begot>beget begotten>beget begun>begin beheld>behold beholden>behold belying>belie
benempt>bename bent>bend besought>beseech bespoke>bespeak bespoken>bespeak bestrewn>bestrew
bestrid>bestride bestridden>bestride bestrode>bestride betaken>betake bethought>bethink
betook>betake bidden>bid bit>bite bitten>bite bivouacked>bivouac bivouacking>bivouac bled>bleed
blest>bless blew>blow blown>blow bore>bear born>bear borne>bear bought>buy bound>bind bred>breed
broke>break broken>break brought>bring browbeaten>browbeat built>build burnt>burn bussed>bus
busses>bus bussing>bus bypast>bypass caddying>caddie came>come caught>catch chevied>chivy
chevies>chivy chevying>chivy chid>chide chidden>chide chivvied>chivy chivvies>chivy
chivvying>chivy chose>choose chosen>choose clad>clothe cleft>cleave clept>clepe clove>cleave
cloven>cleave clung>cling coiffed>coif coiffes>coif coiffing>coif coquetted>coquet
coquetting>coquet countersank>countersink countersunk>countersink crept>creep crossbred>crossbreed
curettes>curet curst>curse dealt>deal debussed>debus debusses>debus debussing>debus degassed>degas
degasses>degas degassing>degas dialled>dial dialling>dial did>do disenthralls>disenthral
distills>distil done>do dought>dow dove>dive drank>drink drawn>draw dreamt>dream drew>draw
driven>drive drove>drive drunk>drink duelled>duel duelling>duel dug>dig dwelt>dwell dying>die
eaten>eat embussed>embus embusses>embus embussing>embus enwound>enwind equalled>equal
equalling>equal equipped>equip equipping>equip fallen>fall fed>feed fell>fall felt>feel fled>flee
flew>fly floodlit>floodlight flown>fly flung>fling flyblew>flyblow flyblown>flyblow focussed>focus
focussing>focus forbad>forbid forbade>forbid forbidden>forbid forbore>forbear forborne>forbear
fordid>fordo fordone>fordo foredid>foredo foredone>foredo foregone>forego foreknew>foreknow
foreknown>foreknow foreran>forerun foresaw>foresee foreseen>foresee foreshown>foreshow
forespoke>forespeak forespoken>forespeak foretold>foretell forewent>forego forgave>forgive
forgiven>forgive forgone>forgo forgot>forget forgotten>forget forsaken>forsake forsook>forsake
forspoke>forspeak forspoken>forspeak forswore>forswear forsworn>forswear forwent>forgo
fought>fight found>find frolicked>frolic frolicking>frolic froze>freeze frozen>freeze fuelled>fuel
fuelling>fuel fulfills>fulfil gainsaid>gainsay gan>gin gassed>gas gasses>gas gassing>gas gave>give
gelled>gel gelling>gel gelt>geld ghostwritten>ghostwrite ghostwrote>ghostwrite gilt>gild girt>gird
given>give gnawn>gnaw gone>go got>get gotten>get graven>grave grew>grow gript>grip ground>grind
grown>grow gypped>gyp gypping>gyp hacksawn>hacksaw had>have hamstrung>hamstring handfed>handfeed
has>have heard>hear held>hold hewn>hew hid>hide hidden>hide hocussed>hocus hocussing>hocus
hogtying>hogtie honied>honey hove>heave hung>hang inbred>inbreed indwelt>indwell
initialled>initial initialling>initial inlaid>inlay interbred>interbreed interlaid>interlay
interpled>interplead interwove>interweave interwoven>interweave inwove>inweave inwoven>inweave
is>be joint>join kent>ken kept>keep knelt>kneel knew>know known>know ko'd>ko ko'ing>ko ko's>ko
laden>lade ladyfied>ladify ladyfies>ladify ladyfying>ladify laid>lay lain>lie leant>lean
leapt>leap learnt>learn led>lead left>leave lent>lend lit>light lost>lose lying>lie m>be made>make
meant>mean met>meet mimicked>mimic mimicking>mimic misbecame>misbecome misdealt>misdeal
misgave>misgive misgiven>misgive mislaid>mislay misled>mislead mispled>misplead misspelt>misspell
misspent>misspend mistaken>mistake mistook>mistake misunderstood>misunderstand molten>melt
mown>mow no>know nonplussed>nonplus nonplusses>nonplus nonplussing>nonplus outbidden>outbid
outbred>outbreed outdid>outdo outdone>outdo outfought>outfight outgassed>outgas outgasses>outgas
outgassing>outgas outgone>outgo outgrew>outgrow outgrown>outgrow outlaid>outlay outran>outrun
outridden>outride outrode>outride outshone>outshine outshot>outshoot outsold>outsell
outstood>outstand outthought>outthink outwent>outgo outwore>outwear outworn>outwear
overbidden>overbid overblew>overblow overblown>overblow overbore>overbear overborne>overbear
overbuilt>overbuild overcame>overcome overdid>overdo overdone>overdo overdrawn>overdraw
overdrew>overdraw overdriven>overdrive overdrove>overdrive overflew>overfly overflown>overfly
overgrew>overgrow overgrown>overgrow overheard>overhear overhung>overhang overlaid>overlay
overlain>overlie overlay>overlie overlying>overlie overpaid>overpay overpast>overpass
overran>overrun overridden>override overrode>override oversaw>oversee overseen>oversee
oversewn>oversew overshot>overshoot overslept>oversleep oversold>oversell overspent>overspend
overspilt>overspill overtaken>overtake overthrew>overthrow overthrown>overthrow overtook>overtake
overwound>overwind overwritten>overwrite overwrote>overwrite paid>pay panicked>panic
panicking>panic partaken>partake partook>partake pent>pen physicked>physic physicking>physic
picnicked>picnic picnicking>picnic pled>plead prepaid>prepay prologed>prologue prologing>prologue
prologs>prologue proven>prove quartersawn>quartersaw quipped>quip quipping>quip quitted>quit
quitting>quit quizzed>quiz quizzes>quiz quizzing>quiz ran>run rang>ring re>be rebound>rebind
rebuilt>rebuild redid>redo redone>redo reft>reave refuelled>refuel refuelling>refuel remade>remake
repaid>repay reran>rerun resat>resit retaken>retake rethought>rethink retold>retell retook>retake
retying>retie rewound>rewind rewritten>rewrite rewrote>rewrite ridden>ride risen>rise riven>rive
rode>ride rose>rise rove>reeve rung>ring said>say sang>sing sank>sink sat>sit saw>see sawn>saw
seen>see sent>send sewn>sew shaken>shake shat>shit shaven>shave shellacked>shellac
shellacking>shellac shent>shend shewn>shew shod>shoe shone>shine shook>shake shorn>shear
shot>shoot shown>show shrank>shrink shriven>shrive shrove>shrive shrunk>shrink shrunken>shrink
sicked>sic sicking>sic sightsaw>sightsee sightseen>sightsee ski'd>ski skydove>skydive slain>slay
slept>sleep slew>slay slid>slide slidden>slide slung>sling slunk>slink smelt>smell smit>smite
smitten>smite smote>smite sold>sell soothsaid>soothsay sought>seek sown>sow spat>spit sped>speed
spellbound>spellbind spelt>spell spent>spend spilt>spill spoilt>spoil spoke>speak spoken>speak
spotlit>spotlight sprang>spring sprung>spring spun>spin squatted>squat squatting>squat
squibbed>squib squibbing>squib squidded>squid squidding>squid stank>stink stole>steal stolen>steal
stood>stand stove>stave strewn>strew stridden>stride striven>strive strode>stride strove>strive
strown>strow struck>strike strung>string stuck>stick stung>sting stunk>stink stymying>stymie
sung>sing sunk>sink sunken>sink swam>swim swept>sweep swollen>swell swore>swear sworn>swear
swum>swim swung>swing symbolled>symbol symbolling>symbol taken>take talcked>talc talcking>talc
tarmacked>tarmac taught>teach taxying>taxi thought>think threw>throw thriven>thrive throve>thrive
thrown>throw told>tell took>take tore>tear torn>tear trafficked>traffic trafficking>traffic
tramels>trammel transfixt>transfix tranship>transship trod>tread trodden>tread tying>tie
typewritten>typewrite typewrote>typewrite unbent>unbend unbound>unbind unclad>unclothe
underbought>underbuy underfed>underfeed undergirt>undergird undergone>undergo underlaid>underlay
underlain>underlie underlay>underlie underlying>underlie underpaid>underpay undershot>undershoot
undersold>undersell understood>understand undertaken>undertake undertook>undertake
underwent>undergo underwritten>underwrite underwrote>underwrite undid>undo undone>undo
unfroze>unfreeze unfrozen>unfreeze unlaid>unlay unlearnt>unlearn unmade>unmake unrove>unreeve
unsaid>unsay unslung>unsling unspoke>unspeak unspoken>unspeak unstrung>unstring unstuck>unstick
unswore>unswear unsworn>unswear untaught>unteach unthought>unthink untrod>untread
untrodden>untread untying>untie unwound>unwind upbuilt>upbuild upheld>uphold uphove>upheave
upped>up upping>up uprisen>uprise uprose>uprise upsprang>upspring upsprung>upspring
upswept>upsweep upswollen>upswell upswung>upswing victualled>victual victualling>victual
vitriolled>vitriol vitriolling>vitriol vying>vie was>be waylaid>waylay went>go wept>weep were>be
whipsawn>whipsaw whizzed>whiz whizzes>whiz whizzing>whiz winterfed>winterfeed wiredrawn>wiredraw
wiredrew>wiredraw withdrawn>withdraw withdrew>withdraw withheld>withhold withstood>withstand
woke>wake woken>wake won>win wore>wear worn>wear wound>wind wove>weave woven>weave written>write
wrote>write wrought>work wrung>wring ycleped>clepe yclept>clepe)";

constexpr WordList kLists[] = {
    {kUnchanged, 0, ""}, {kDropS, 1, ""},   {kDropEs, 2, ""},  {kDropD, 1, ""},
    {kDropEd, 2, ""},    {kDropIng, 3, ""}, {kIngToE, 3, "e"}, {kIrregular, 0, ""},
};

}  // namespace

const Exceptions& verb_exceptions() {
  static const Exceptions exceptions(kLists);
  return exceptions;
}

}  // namespace vernier::spice
