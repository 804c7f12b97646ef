#include "metrics/spice/dependencies/rules/tables.h"

namespace vernier::spice {

const std::string_view kHeads = R"table(
ADJP    L $ ; RD NNS NN NNP JJ QP VBN VBG ; L ADJP ; RD JJR JJS DT RB RBR CD IN VBD ; L ADVP NP
ADVP    RD RB RBR RBS JJ JJR JJS ; RD RP DT NN CD NP VBN NNP CC FW NNS ADJP ; L
CONJP   R JJ RB ; L CC IN ; R VB
FRAG    L IN ; R RB ; L NP ; L ADJP ADVP FRAG S SBAR VP
INTJ    RD NNS NN NNP ; L
LST     R LS :
MWE     L
NAC     L NN NNS NNP NNPS NP NAC EX $ CD QP PRP VBG JJ JJS JJR ADJP FW
NP      RD NN NNP NNPS NNS NX JJR WP ; L NP PRP ; RD $ ADJP FW CD JJ QP ; RD JJS DT WDT PRN RB RBR
        ADVP ; L POS
NP-TMP  = NP
NX      = NP
PCONJP  L
PP      L NP S SBAR SBARQ ADVP PP VP ADJP FRAG UCP PRN ; R
WHPP    = PP
PRN     L VP SQ S SINV SBAR NP ADJP PP ADVP INTJ WHNP NAC VBP JJ NN NNP
PRT     R RP
QP      R $ NNS NN CD JJ PDT DT IN RB QP JJR JJS
ROOT    L S SQ SINV SBAR FRAG
RRC     L RRC ; R VP ADJP NP PP ADVP
S       L VP S FRAG SBAR ADJP UCP TO ; R NP
SBAR    L S SQ SINV SBAR FRAG VP WHNP WHPP WHADVP WHADJP IN DT
SBARQ   L SQ S SINV SBARQ FRAG SBAR
SINV    L VBZ VBD VBP VB MD VBN VP S SINV ADJP NP
SQ      L VP SQ ADJP VB VBZ VBD VBP MD
UCP     L
VP      L TO VBD VBN MD VBZ VB VBG VBP VP ADJP NN NNS JJ NP NNP
WHADJP  L ADJP JJ JJR WP ; R RB ; R
WHADVP  RD WRB WHADVP RB JJ
WHNP    RD NN NNP NNPS NNS NX JJR WP ; L WHNP NP ; RD $ ADJP PRN FW ; R CD ; RD JJ JJS RB QP ; L
        WHPP WHADJP WP$ WDT
X       R S VP ADJP NP SBAR PP X
)table";

const std::string_view kHeadPatterns = R"table(
CONJP
  CONJP{has(CC/"but"|"and"{nx(RB/"not"=h)})}
  CONJP{has(CC/"but"{nx(RB|ADVP=h{[self(RB/"also"|"rather") ; sole(RB/"also"|"rather")]})})}
  CONJP{has(CC/"and"{nx(RB|ADVP=h{[self(RB/"yet") ; sole(RB/"yet")]})})}
SBARQ
  SBARQ{has(WHNP{rt(VB*/BE{rt(ADJP=h)})})}
  SBARQ{has(WHNP=h{rt(VB*/BE{nx(NP) !rt(ADJP)})})}
SINV
  SINV{has(NP=h{rt(NP{rt(VP{has(VB*/BE)})})})}
)table";

}  // namespace vernier::spice
