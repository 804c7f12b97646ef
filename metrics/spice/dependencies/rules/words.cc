#include "metrics/spice/dependencies/rules/tables.h"

namespace vernier::spice {

const std::string_view kWordLists = R"table(
BE be being been am are r is ai was were 'm m 're 's s `s art ar wase
BEAUX be being been am are r is ai was were 'm m 're 's s art ar wase
BEGET +BE get getting gets got gotten
LINK seem+ resemble+ remain+ become becomes became becoming
HAVE have had has having 've ve v 'd d hvae hav as
SELF myself yourself himself herself itself ourselves yourselves themselves
NOT not n't nt never
TIME monday:s tuesday:s wednesday:s thursday:s friday:s saturday:s sunday:s year:s month:s week:s
    day:s morning:s evening:s night:s january jan. february feb. march mar. april apr. may june
    july august aug. september sept. october oct. november nov. december dec. today yesterday
    tomorrow spring summer fall autumn winter
TIMELOT +TIME lot
TELL tell tells told telling
CCV +TELL ask+ wonder+ know knows knew knowing specify specifies specified specifying understand
    understands understood understanding
XCV +TELL advise+ allow+ ask+ demand+ desire+ expect+ encourage+ force+ implore+ order+ persuade+
    pressure+ prompt+ require+ urge+ beg begs begged begging convice convinces convinced
    convincing lobby lobbies lobbied lobbying
ETC etc ect
PRE either neither both
PRENO either neither both no
THAT that whether
THTW than that whether
ONLY only just merely
AUXW will wo shall sha may might should would can could ca must 'll ll -ll cold has have had
    having 've ve v of hav hvae as get gets getting got gotten do does did 'd d du to 2 na a ot ta
    the too
MONTH *January* *February* *March* *April* *May* *June* *July* *August* *September* *October*
    *November* *December* *Jan.* *Feb.* *Mar.* *Apr.* *Aug.* *Sep.* *Sept.* *Oct.* *Nov.* *Dec.*
)table";

const std::string_view kLabelClasses = R"table(
N     NP NP-TMP
WN    WHNP NP NP-TMP
NX4   NN NNS NNP NNPS
ADVW  RB RBR RBS WRB ADVP WHADVP
CL    VP S SBAR SBARQ SINV SQ
PH    ADJP PP NP NP-TMP WHNP ADVP UCP NX
PCT   PRN `` '' -LRB- -RRB- , : .
PREV1 ``* -LRB-* PRN* PP* ADVP* RB*
PREV2 `` -LRB- PRN
CONT  S* A* N* V* PP* PRP* J* W* R*
NGOV  NP NP-TMP WHNP ADJP WHADJP ADVP WHADVP NX VP NAC SQ FRAG PRN X RRC
CCS   CC CONJP PCONJP
)table";

const std::string_view kMacros = R"table(
OBJ [!head(NN*/TIME) !nx(NP) ; nx(NP-TMP) ; nx(NP{head(NN*/TIME)})]
NOETC !has(FW/ETC) !has(ADVP|NP{c1(FW/ETC)})
NOLETC !last(FW/ETC) !last(ADVP|NP{c1(FW/ETC)})
PTC [c1(VBG|VBN) ; c2(VBG|VBN{lf(ADVP)})]
PRECOM [pv(@N|VP) ; pv(PP{lf(@N)}) ; pv(ADVP{lf(@N)})]
GAPVP !has(VB*/BE{!nx(VP)}) !via-VP(VB*/BE{nx(VP{has(VBN|VBD)})}) !via-VP(NP) !has(SBAR)
NOCOMP !c1(IN|WHADVP) !c2(IN|WHADVP{pv(ADVP|RB)})
WHCL has(WHADVP|WHNP{has(WRB/-"how") !lf(-[RB*|ADVP*])}) !has(S{has(VP{has(TO)})})
SUBCL [has(IN|MWE/-THAT) ; sole(SINV{c1(VB*|MD*)}) ; has(RB|IN/"so"|"now") has(IN/"that") ;
    c1(ADVP{has(RB/"now")}) c2(IN/"that")]
NOORD !pv(NN/"order")
)table";

}  // namespace vernier::spice
