// Verbs that double their last consonant before -ed and -ing.
#include "metrics/spice/lemmas/tables/exceptions.h"

namespace vernier::spice {
namespace {

constexpr std::string_view kStems = R"(
abet abhor abut admit airdrop allot anagram annul appal apparel aver backlog backpedal backslap
bag ballot ban bar barrel bat bayonet bed bedevil befit befog beg beget begin bejewel benefit
beset besot bestir bet bevel bib bid billet bin bit blab blackleg blat blip blob blot blub blur
bob bobsled bog bootleg bop bracket brag brim bud buffet bug bullshit bum bus but cab cabal can
cancel cap caravan carburet carol cat catcal catnap cavil channel chap char chat chin chip chir
chirrup chisel chop chug chum chur clam clap clip clog clop closet clot club cod combat commit
compel con concur confab confer control cop corbel corral cosset counsel counterplot crab cram
crap crib crop crossleg cub cudgel cup curet cut dab dag dam dap debar debug debus decontrol defer
defog degas demit demob demur den deter devil diagram dib dig dim din dip disbar disbud discomfit
disembowel dishevel disinter dispel distil dog don dot drag drip drivel drop drub drug drum dub
dun eavesdrop egotrip embed embus emit empanel enamel enrol enthral entrammel entrap enwrap estop
excel expel extol fag fan fat featherbed fib fig fin fingerspel fit flag flap flip flit flog flop
fob focus fog footslog forbid forget format foxtrot fret frig frog fulfil fun funnel fur gab gad
gag gam gambol gap garot garrot gas gel get giftwrap gig gin glug glut gossip grab gravel grin
grip grit grovel grub gum gun gut ham handicap hap hat headbut hedgehop hem hiccup hit hobnob
hocus hog hop horsewhip hovel hug hum humbug imbed impel imperil incur infer input inset inspan
instil inter intercrop intercut intermit jab jag jam japan jar jet jewel jib jig jitterbug job jog
jot jug jut ken kennel kid kidnap kip kit knap kneecap knit knob knot label lag lam lap leapfrog
leg let level libel lip lob log lollop lop lowbal lug man manumit map mar marshal marvel mat metal
miscal mishit mob model mop mothbal mud mug mum nab nag nap net nip nod nonplus nut occur offset
omit outbid outcrop outfit outgas output outrun outspan outstrip outwit overbid overcrop overfil
overlap overman overrun overstep overtop pad pan panel par parallel parcel pat patrol pedal peg
pen pencil pep permit pet pettifog photoset photostat picket pig pilot pin pip pit plan plod plop
plot plug plummet pod pop pot prefer prep prim prod program prop propel pub pug pummel pun pup put
quarrel quickstep rabbit rag ram rap rat ravel readmit reallot rebel rebut recap recommit recur
red refer refit regret rejig remit remodel repel repot rerun reset resit resubmit ret retransmit
retrofit rev revel revet rib ricochet rid rig rim rip rival rivet rob rocket rosin rot rowel rub
run rut sag sandbag sap scab scam scan scar scat schlep scrag scram scrap scrub scrum scud scum
set shag sham shed shim shin ship shir shit shop shot shovel shred shrinkwrap shrivel shrug shun
shut sideslip sidestep signal sin sip sit skid skim skin skip slab slag slam slap sled slim slip
slit slog slop slot slug slum slur smut snag snap snip snivel snog snorkel snub snug sob sod sop
spam span spar spat spin spiral spit splat split spot sprig spud spur stab stag star stem stencil
step stet stir stop strap strip strop strum strut stub stud stun sub sublet submit sulfuret sum
summit sun suntan sup swab swag swan swap swat swig swim swivel swot symbol tab tag tan tap tar
tassel tat thermostat thin throb thrum thud tin tinsel tip tittup tog top tot total towel tram
tramel trammel transfer tranship transit transmit transship trap travel trek trepan trim trip trog
trot trowel tug tunnel tup tut twig twin twit typeset unbar uncap unclip underbid undercut
underlet underpin unfit unknot unman unpeg unpin unplug unravel unrip unsnap unstep unstop unwrap
unzip upset vet wad wag wan war web wed wet wham whet whip whir whiz whop wig wildcat win wiretap
worship wrap yak yap yen yip yodel zap zigzag zip)";

constexpr WordList kLists[] = {{kStems, 0, ""}};

}  // namespace

const Exceptions& doubling_stems() {
  static const Exceptions stems(kLists);
  return stems;
}

}  // namespace vernier::spice
