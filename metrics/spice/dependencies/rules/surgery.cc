#include "metrics/spice/dependencies/rules/tables.h"

namespace vernier::spice {

const std::string_view kMultiwords = R"table(
CONJP{c1(RB/"as"=a) c2(RB/"well"=b) last(IN/"as"=c)}
ADVP|CONJP{c1(RB/"as"=a) last(IN|RB/"well"=b)}
PP{has(JJ/"such"=a{nx(IN/"as"=b)})}
PP{has(JJ|IN/"due"=a{nx(IN|TO/"to"=b)})}
PP|CONJP{has(IN|RB/"because"|"instead"=a{nx(IN/"of"=b)})}
ADVP|SBAR{has(IN|RB/"in"=a{nx(NN/"case"=b)})}
ADVP|PP{has(IN|RB/"of"=a{nx(NN|RB/"course"=b)})}
SBAR|PP{has(IN|RB/"in"=a{nx(NN|NP|RB=b{[has("order") ; sole(NN/"order")]})})}
PP|CONJP|SBAR{has(IN|RB/"rather"=a{nx(IN/"than"=b)})}
CONJP{has(IN|RB/"not"=a{nx(TO/"to"=b{nx(VB|RB/"mention"=c)})})}
PP|SBAR{has(JJ|IN|RB/"so"=a{nx(IN|TO/"that"=b)})}
SBAR{has(IN|RB/"as"=a{nx(IN/"if"=b)})}
PP{has(JJ|RB/"prior"=a{nx(TO|IN/"to"=b)})}
PP{has(IN/"as"=a{nx(TO|IN/"to"=b)})}
ADVP{has(RB|NN/"kind"=a{nx(IN|RB/"of"=b)})}
SBAR{has(IN|RB/"whether"=a{nx(CC/"or"=b{nx(RB/"not"=c)})})}
CONJP{has(IN/"as"=a{nx(VBN/"opposed"=b{nx(TO|IN/"to"=c)})})}
ADVP|CONJP{has(VB|RB|VBD/"let"=a{nx(RB|JJ/"alone"=b)})}
ADVP|PP{has(IN|RB/"in"=a{nx(IN|NP|PP|RB|ADVP=b{[has("between") ; sole(IN|RB/"between")]})})}
ADVP|QP|ADJP{has(DT|RB/"all"=a{nx(CC|RB|IN/"but"=b)})}
ADVP|INTJ{has(NN|DT|RB/"that"=a{nx(VBZ|RB/"is"=b)})}
WHADVP{has(WRB/"how"=a{nx(VB/"come"=b)})}
VP{has(VBD/"had"|"'d"=a{nx(PRT|ADVP=b{sole(RBR/"better")})})}
QP{has(JJR|RBR|IN/"more"|"less"=a{nx(IN/"than"=b)})}
QP{has(JJR|RBR|IN/"up"=a{nx(IN|TO/"to"=b)})}
S|SQ|VP|ADVP|PP{has(ADVP{has(IN|RB/"at"=a{nx(JJS|RBS/"least"=b)}) !nx(RB/"*once*"|"*twice*")})}
)table";

const std::string_view kSurgeryBeforeCoordination = R"table(
according to
  PP{has(VBG/"according"=a{nx(PP=q{has(TO|IN/"to"=b)})})}
    -> wrap MWE a a; after a b; splice q
but also
  CONJP=j{up(*) has(CC/"but"=c) has(RB/"also"=r) nx(*=n{has(*{has(*)})})}
    -> after j c; front n r; wrap ADVP r r; delete j
  CONJP=j{up(*) has(CC/"but"=c) has(RB/"also"=r)}
    -> after j c; after c r; wrap ADVP r r; delete j
at most
  ADVP|QP{has(IN|RB/"at"=a{nx(JJS|RBS=b)})}
    -> label IN a; wrap ADVP a a; after a b; wrap NP b b
at all
  ADVP=h{has(RB|IN/"at"=a{nx(RB|DT/"all"=b)})}
    -> label PP h; label IN a; wrap NP b b
prepositions with a conjunction
  PP{c1(IN|TO=a{nx(CC=c{nx(IN|TO=b)})})}
    -> wrap PCONJP a c; after c b
unlike phrases
  UCP=u{[c1(JJ*|ADJP*) ; c1(DT) c2(JJ*|ADJP*) ; last(ADJP{has(JJR/"younger"|"older")})]}
    -> label ADJP u
  UCP=u{[c1(N*) ; c1(DT) c2(N*)]}
    -> label NP u
  UCP=u{c1(ADVP*)}
    -> label ADVP u
)table";

const std::string_view kSurgeryAfterCoordination = R"table(
quantities in a row
  NP{has(QP=a{nx(QP=b{has(CC)})})}
    -> wrap QP a b; splice a; splice b
quantities with a conjunction
  QP{!has(*{has(*{has(*)})}) c1(*=x) last(*=y) has(CC{pv(*=l) nx(*=r) !lf($|CC) rt($|CC)})}
    -> wrap NP x l; wrap QP r y
  QP{!has(*{has(*{has(*)})}) c1(*=x) last(*=y) has(CC{pv(*=l) nx(*=r) !lf($|CC) !rt($|CC)})}
    -> wrap NP x l; wrap NP r y
  QP{!has(*{has(*{has(*)})}) c1(*=x) last(*=y) has(CC{pv(*=l) nx(*=r) lf($|CC) rt($|CC)})}
    -> wrap QP x l; wrap QP r y
  QP{!has(*{has(*{has(*)})}) c1(*=x) last(*=y) has(CC{pv(*=l) nx(*=r) lf($|CC) !rt($|CC)})}
    -> wrap QP x l; wrap NP r y
money
  QP{last(*=z) has($=a{!rt(-[$*|CD*]) !rt(*{has(*{has(*)})}) nx(*=b)})}
    -> wrap QP b z
questions with a copula
  SBARQ{has(WHNP{has(WP) nx(SQ=q{has(VB*/BE=v) !has(VB*/-BE) !has(V*{has(VB*)}) !has(PP{pv(==v)})
    !c1(VB*/BE{nx(NP{has(EX/"there")})}) !has(ADJP{has(PP{sole(IN|TO)})})})})}
    -> splice q
day of a month
  NP{c1(NP=m{sole(NNP/MONTH)}) c2(NP=d{sole(CD)}) !c3(*)}
    -> splice m; splice d
month, day and year
  NP{c1(NP=m{c1(NNP/MONTH) c2(CD) !c3(*)}) c2(,) c3(NP=y{sole(CD) !nx(*)})}
    -> splice m; splice y
twice the same phrase
  *=x{sole(*~x{has(*)})}
    -> splice x
and yet
  S*|PP*|VP*{has(S*|PP*|VP*{!self(SYM*) rt(CC/"and"=a{nx(RB|ADVP=b{nx(S*|PP*|VP*{!self(SYM*)})
    [self(RB/"yet"|"so") ; self(ADVP{has(RB|IN/"so")})]})})})}
    -> wrap CONJP a b
adverbs of a later clause
  S*|PP*|VP*|NP*{has(S*|PP*|VP*|NP*{rt(,|CC|CONJP{nx(RB|ADVP=a{[self(RB/"not"|"then") ;
    self(ADVP{sole(RB)})] nx(S*|PP*|VP*|NP*=d{!self(SYM*)})})})})}
    -> front d a
adverbs of a later adverb
  ADVP*{has(ADVP*{rt(,|CC|CONJP{nx(RB|ADVP=a{[self(RB/"not"|"then") ; self(ADVP{sole(RB)})]
    nx(ADVP*|PP*=d)})})})}
    -> front d a
adverbs in fragments
  FRAG*{has(ADVP|RB=a{nx(VP=d)})}
    -> front d a
prepositions over clauses
  NP{has(NP{rt(SBAR=b{has(IN/"after"|"before"|"until"|"since"|"during"{rt(S)})})})}
    -> label PP b
now that
  ADVP=a{c1(RB/"now") c2(SBAR=b{c1(IN/"that")})}
    -> label SBAR a; splice b
)table";

}  // namespace vernier::spice
