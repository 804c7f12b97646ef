#include "metrics/spice/dependencies/rules/tables.h"

namespace vernier::spice {

const std::string_view kRelations = R"table(
aux
  VP{has(VP) has(MD|VB*|POS=t)}
  SQ|SINV{has(VB*|MD=t{rt(VP|ADJP)})}
  SINV{has(VP=t{has(VB*|POS/BEAUX) lf(VP{has(VBG)})})}
auxpass < aux
  VP{has(VB*|POS/BEGET=t) has(VP|ADJP{[has(VBN|VBD) ; has(CC) has(VP|ADJP{has(VBN|VBD)})]})}
  SQ|SINV{has(VB*|POS/BEAUX=t{rt(VP{has(VBD|VBN)})})}
  SINV{has(VP=t{[has(VB*|POS/BEAUX) ; has(VP{has(VB*|POS/BEAUX)})] lf(VP{has(VBD|VBN)})})}
cop < aux
  VP{has(VB*/BE=t{[rt(ADJP|NP|WHNP|PP|UCP{!has(VBN|VBD{!rt(N*)})}) ;
    rt(S{sole(ADJP{has(JJ)})})]})}
  SQ|SINV{has(VB*/BE=t{[rt(ADJP{!has(VBN|VBD)}) ; rt(NP{rt(NP)}) ; rt(S{sole(ADJP{has(JJ)})})]})}
  SBARQ{has(VB*/BE=t) has(WHNP{has(WP)})}
  SINV{head(NP{rt(NP{rt(VP=t{has(VB*/BE)})})})}
conj
  VP|S|SBAR|SBARQ|SINV|SQ|RRC{has(CC|CONJP{lf(-[@PREV1|MWE*]) nx(-[SBAR|@PCT]=t)})}
  SBAR{has(CC|CONJP{lf(SBAR) nx(SBAR=t)})}
  VP|S|SBAR|SBARQ|SINV|SQ|RRC{has(CC|CONJP{lf(-[@PREV1]) nx(ADVP{nx(-[@PCT]=t)})})}
  @CL{has(CC|CONJP{lf(-[@PREV1])}) head(*=h) has(@PCT{nx(@CONT=t{[lf(CC|CONJP{lf(==h)
    !rt(:|,{rt(==t)})}) ; lf(:|,{lf(==h) [!lf(@CCS) ; rt(==t{head(*=g) has(,{rt(==g)})})]})]})})}
  @PH|QP{has(CC|CONJP{lf(-[@PREV2]) nx(-[@PCT]=t)})}
  @PH|QP{has(FW/ETC=t)}
  @PH|QP{has(ADVP|NP=t{c1(FW/ETC)})}
  @PH{has(CC|CONJP{lf(-[@PREV2]) nx(ADVP{nx(-[@PCT]=t)})})}
  @PH{[has(CC|CONJP{lf(-[@PREV2])}) ; has(FW/ETC) ; has(ADVP|NP{c1(FW/ETC)})]
    has(@PCT{nx(@CONT=t)})}
  @PH{[has(CC|CONJP{lf(-[@PREV2])}) ; has(FW/ETC) ; has(ADVP|NP{c1(FW/ETC)})]
    has(@PCT{nx(FW/ETC=t)})}
  NX{[has(CC|CONJP{pv(*)}) ; has(FW/ETC)] has(,{pv(@CONT=t)})}
  VP|S|SBAR|SBARQ|SINV|QP|@PH{has(CC{rt(CC|CONJP{nx(-[@PCT]=t)})})}
  VP|S|SBAR|SBARQ|SINV|QP|@PH{last(FW/ETC=t)}
  VP|S|SBAR|SBARQ|SINV|QP|@PH{last(ADVP|NP=t{c1(FW/ETC)})}
  PCONJP{has(CC{nx(IN|TO=t)})}
  @CL|RRC|PCONJP|QP|@PH{has(*=a{nx(,/"*/*"{nx(*~a=t)})})}
cc
  *{has(CC/-PRE=t)}
  *{has(CONJP=t{!has(RB/"not"{nx(RB|JJ/ONLY)})})}
punct
  *{has(.|:|,|''|``|-LRB-|-RRB-=t)}
nsubj
  S{!up(VP) has(NP|WHNP=t{!has(EX) !head(NN*/TIME) rt(VP)})}
  S{has(NP|WHNP=t{!has(EX) !head(NN*/TIME) rt(VP{!has(TO)})})}
  S{has(NP=t{head(NN*/TIME) !rt(NP) rt(VP)})}
  SQ|PRN{has(NP=t{!has(EX) rt(VP)})}
  SQ{has(NP=t{!has(EX) pv(VB*/BE) !rt(VP)})}
  SQ{!lf(NP|WHNP) has(NP=t{!has(EX) pv(VB*) !rt(VP)})}
  SQ{has(NP=t{!has(EX) pv(RB{pv(VB*)}) !rt(VP)})}
  SBARQ{has(WHNP=t) has(SQ{has(VP{!lf(NP)})})}
  SBARQ{has(WHNP=t) has(SQ{has(VB*/-BE{!lf(NP) !rt(VP)})})}
  SBARQ{has(SQ=t{has(VB*/BE) !has(VP)})}
  SINV{has(NP|WHNP=t{[pv(VP|VBZ|VBD|VBP|VB|MD) ; pv(RB|ADVP{pv(VP|VBZ|VBD|VBP|VB|MD)}) ; !pv(*)
    !sis(@N)]})}
  SINV{has(NP{rt(NP=t{rt(VP{has(VB*/BE)})})})}
  S{up(VP) has(NP=t{nx(NP|ADJP)})}
  SBAR{has(WHNP=t) [has(S{has(VP{!lf(NP)}) !has(SBAR)}) ; has(VP{!lf(NP)}) !has(S)]}
  SBAR{!has(WHNP) has(S{!has(NP{rt(VP)})}) up(VP{up(S{pv(WHNP=t)})})}
  SQ{has(NP{has(EX) rt(NP=t)})}
  S{has(NP{has(EX)}) via-VP(VP{has(NP=t)})}
  SBARQ{has(VB*/BE) has(WHNP{has(WP)}) has(NP=t)}
  SBARQ{has(WHNP=t{rt(VB*/BE{rt(ADJP=a) !rt(NP{rt(==a)})})})}
  SBARQ{c1(WHNP=t) has(SQ{has(VB*/BE) [has(NP{has(EX)}) ; has(PP)]})}
nsubjpass < nsubj
  S|SQ{has(WHNP|NP=t{!has(EX)}) has(VP{has(VB*/BEGET) has(VP{has(VBN|VBD)})})}
csubj
  S{has(SBAR|S=t{!nx(,) rt(VP{!lf(NP)})})}
csubjpass < csubj
  S{has(SBAR|S=t{!nx(,) rt(VP{!lf(NP) has(VB*/BEGET) has(VP{has(VBN|VBD)})})})}
  S{has(SBAR|S=t{!nx(,) rt(VP{!lf(NP) via-VP(VP{has(VBN|VBD) up(VP{has(VB*/BEGET)})})})})}
dobj
  VP{!has(VB*/BE) !has(VB*/LINK) has(NP|WHNP=t{&OBJ}) head(*{!rt(NP{rt(:{rt(==t)})})})}
  VP{has(S{has(NP|WHNP=t{rt(VP{has(TO)})})})}
  SQ{lf(WHNP) !has(VP) has(VB*/-BE=v) !has(VB*{!self(==v)}) has(NP|WHNP=t{&OBJ})}
  SBARQ{has(WHNP=t{!has(WRB) !head(NN*/TIME)}) via-[SQ|SINV|S|VP](VP{lf(NP) !has(NP|TO)
    !has(S{has(VP{has(TO)})}) !has(VB*/BE{rt(VP{has(VBN|VBD)})}) !has(PP{sole(IN|TO)})})}
  SBAR{has(WHNP=t{!has(WRB)}) has(S{has(NP) has(VP{!has(SBAR) !via-VP(PP{last(IN|TO)})
    !has(S{has(VP{has(TO)})})})})}
  SBARQ{has(WHNP=t{rt(VB*/BE{rt(ADJP=a{!has(PP{!has(NP)})}) rt(NP{rt(==a)})})})}
iobj
  VP{has(NP=t{!has($|PRP$|WP$) !head(NN*/TIME) nx(NP{!head(NN*/TIME)})})}
  VP{has(NP=t{has(NP{!has($|PRP$|WP$) !sis(CC|CONJP) !sis(,) !rt(:) rt(NP{!sole(PRP/SELF)
    !sole(DT) !has(NN*/TIMELOT)})})})}
nmod
  @NGOV{&NOLETC has(WHPP|PP=t{[has(@WN) ; has(PP{has(@WN)})]})}
  @NGOV{has(S=t{sole(WHPP|PP)})}
  PP|WHPP{has(PP|WHPP=t{!pv(IN|VBG|VBN|TO)})}
  S|SINV{has(PP=t{!has(SBAR|S)}) has(VP|S)}
  SBAR|SBARQ{has(PP|WHPP=t) has(S|SQ)}
  @N{has(UCP|PRN=t{head(PP)})}
  SBARQ{has(WHNP=t{rt(VB*/BE{rt(ADJP=a{has(PP{sole(IN)})}) rt(NP{rt(==a)})})})}
  SBARQ{has(WHNP=t{[rt(VP{has(PP{sole(IN)})}) ; rt(SQ{has(VP{has(PP{sole(IN)})})})]})}
ccomp
  VP{has(S=t{!lf(NP) has(VP{!c1(TO|VBG|VBN)})})}
  VP{has(SBAR=t{c1(IN|DT/THAT) has(S{via-S(VP)})})}
  VP{has(SBAR=t{has(CC|CONJP) has(SBAR{c1(IN|DT/THAT) has(S{via-S(VP)})})})}
  VP{has(SBAR=t{!lf(NP) has(S{has(VP)}) &NOCOMP})}
  VP{has(V*/TELL) has(SBAR=t{lf(NP) has(S{has(VP)}) &NOCOMP})}
  VP{has(SBAR=t{!lf(NP) has(S{has(VP)}) c1(WHADVP{has(WRB/"how")})})}
  VP{has(SBARQ=t)}
  VP{has(VB*/HAVE) has(S=t{has(@N) has(VP)})}
  VP{has(V*/CCV) has(SBAR=t{!lf(SBAR|S) !lf(:) [self(SBAR{&WHCL}) ; head(SBAR{&WHCL})]})
    [has(V*/TELL) ; has(==t{!lf(NP)})]}
  S|SINV{has(S|SBARQ=t{nx(,|.|'') !pv(CC|CONJP|:) !pv(,{pv(CC|CONJP)}) !has(VP{has(TO|VBG|VBN)})
    !has(VP{c1(VP{&PTC})})}) !has(S{!self(==t) rt(==t) !rt(CC|CONJP)})}
  ADVP{has(SBAR=t{[has(WHNP) ; has(IN/"as*"|"that*") has(S{has(VP{!has(TO)})})]})}
  ADJP{has(SBAR=t{!has(IN/"as") has(S)})}
  S{c1(SBAR=t{c1(IN/THAT) !nx(VP)})}
  @N{has(JJ|NN|NNS) has(SBAR=t{[!has(S{has(VP{has(TO)})}) ; !lf(NP|NN|NNP|NNS)]})}
xcomp
  VP{has(S=t{[!lf(NP) ; lf(V*/XCV)] &NOORD has(VP{has(TO)})})}
  ADJP{has(S=t{c1(VP{c1(TO)})})}
  VP{has(S=t{&NOORD has(NP{nx(NP|ADJP)})})}
  VP{head(VB*{nx(VP=t{has(VB|VBG)})})}
  VP{!up(VP{has(VB/"be")}) has(SBAR=t{has(S{&NOORD has(VP{has(TO)})})})}
  VP{up(VP) has(S=t{&NOORD sole(NP)})}
  VP{has(S=t{!has(VP)})}
  VP{lf(VB*/BE) has(VB*{nx(S=t{has(ADJP{has(JJ*) !lf(@N|S)})})})}
  VP{has(S=t{has(VP{has(VBG)}) !has(NP) !pv(,{&PRECOM}) !lf(:) !lf(VBG)})}
  VP{lf(VB*/BE) has(VB*/LINK) has(NP=t)}
  VP{has(VB*/LINK) has(NP|WHNP=t{&OBJ}) head(*{!rt(NP{rt(:{rt(==t)})})})}
  VP{!sis(NP{has(EX)}) has(VB*/BE=v) head(==v) has(NP=t)}
  VP{has(ADJP=t)}
  VP{!lf(VB*/BE) has(VB*/LINK{rt(VP=t)})}
  VP{!lf(VB*/BE) has(VB*{nx(S=t{has(ADJP{has(JJ*) !lf(@N|S)})})})}
mark
  VP{has(VP) has(TO=t)}
  SBAR{has(IN|DT|MWE=t{rt(S|FRAG)})}
  SBAR{[lf(VB*) ; pv(NP|NN|NNS) ; up(ADJP|PP) ; up(@N|UCP|SBAR{has(CC|CONJP) lf(VB*)})]
    has(IN|DT/THAT=t)}
  PP{has(IN|TO|MWE|PCONJP|VBN|JJ=t{nx(SBAR|S)})}
rel
  SBAR{has(WHNP=t{!has(WRB)}) has(S{has(NP) has(VP{[has(SBAR) ; via-VP(PP{last(IN|TO)}) ;
    has(S{has(VP{has(TO)})})]})})}
  SBARQ{has(WHNP=t{!has(WRB) !head(NN*/TIME)}) via-[SQ|SINV](VB*/BE{!rt(VP)})}
expl
  S|SQ|SINV{has(NP=t{via-NP(EX)})}
advcl
  VP{has(SBAR=t{[&SUBCL ; has(SBAR{&SUBCL})]})}
  S|SQ|SINV{has(SBAR=t{c1(IN|MWE/-THAT{!nx(NN/"order")}) !lf(-[CC*|CONJP*|``*|,*|INTJ*|PP*])
    !nx(VP)})}
  S|SQ|SINV{has(SBAR=t{c1(IN|MWE/-THAT{!nx(NN/"order")}) !nx(VP) nx(,) rt(@N)})}
  SBARQ{has(SBAR=t{c1(IN|MWE/-THAT{!nx(NN/"order")}) nx(,) rt(SQ|S|SBARQ)})}
  S|SQ{has(SBAR=t{[self(SBAR{&WHCL !lf(:)}) ; head(SBAR{&WHCL !lf(:)})]})}
  VP{has(SBAR=t{!lf(:) [self(SBAR{&WHCL}) ; head(SBAR{&WHCL})]}) [!has(V*/CCV) ;
    has(==t{lf(SBAR|S)}) ; !has(V*/TELL) has(==t{lf(NP)})]}
  S{has(SBAR=t{rt(@N) rt(VP)})}
  S{has(S=t{has(VP{has(TO)}) nx(,{rt(@N)})})}
  NP{has(NP{rt(SBAR=t{has(IN|MWE/"than") !has(WHPP|WHNP|WHADVP) has(S{has(@N{rt(VP{&GAPVP
    !via-VP(PP{last(IN|TO|MWE)})})})}) !sole(S{!has(VP{has(TO)})})}) !rt(CC{rt(==t)})})}
  ADVP{has(ADVP) has(SBAR=t)}
  S|SINV{has(S=t{[has(VP{&PTC}) ; has(VP{c1(VP{&PTC})})] [pv(,{[pv(@N) ; pv(PP{sis(@N)})]}) ;
    nx(,{nx(@N)})]})}
  VP{has(S=t{has(VP{&PTC}) pv(,{&PRECOM})})}
  VP{has(S=t{has(VP{has(VBG)}) lf(VBG=g) !lf(:{lf(==g)})})}
  VP{has(S=t{lf(NP) has(VP{has(TO)}) !lf(V*/XCV)})}
  SBARQ{has(WHNP) has(S=t{has(VP{c1(TO)})})}
  ADJP|ADVP|VP|SQ|S{&NOLETC has(WHPP|PP=t{!has(@WN) !pv(CC|CONJP{pv(*)}) !sole(IN|TO)
    !has(CC|CONJP) has(-[PP|WHPP|IN|SINV|INTJ])})}
  VP|ADJP{has(PP=t) has(PP{has(SBAR|S) rt(CC|CONJP)})}
nmod:tmod < nmod
  VP|ADJP|RRC{has(NP-TMP=t)}
  VP|ADJP|RRC{has(VP=t{head(NP-TMP) !sis(,|@CCS)})}
  VP|ADJP|RRC{has(NP=t{head(NN*/TIME) !nx(JJ*/"old")})}
  PP{has(IN|TO|VBG|FW{rt(@N{[nx(NP-TMP=t) ; nx(NP=t{head(NN*/TIME)})]})})}
  S{has(NP-TMP=t{rt(VP) sis(NP)})}
  S{has(NP=t{head(NN*/TIME) rt(NP{rt(VP)})})}
  SBAR{!lf(CC) lf(NP) has(WHADVP{has(WRB/"when")}) has(S{has(NP{nx(VP{!has(VB*/BE{!nx(VP)})})})})
    up(NP=t)}
  SBARQ{has(WHNP=t{head(NN*/TIME)}) has(SQ{has(@N)})}
  NP{has(NP-TMP=t)}
acl:relcl
  @WN{up(@WN) !lf(@WN) !rt(FW/ETC) !rt(ADVP|NP{c1(FW/ETC)}) rt(SBAR=t{[via-SBAR(WHPP|WHNP) ;
    sole(S{!has(VP{has(TO)})})]}) !rt(CC|CONJP{rt(==t)})}
  NP{up(@N) !lf(NP) !rt(FW/ETC) !rt(ADVP|NP{c1(FW/ETC)})
    rt(SBAR=t{has(WHADVP{has(WRB/"where*"|"why*"|"when*")})})}
  @WN{has(RRC=t) head(NP|WHNP|DT|S)}
  ADVP{has(ADVP{has(RB/"*where")}) has(SBAR=t)}
  NP{has(NP{rt(SBAR=t{!has(IN/THTW) !has(WHPP|WHNP|WHADVP) has(S{has(@N{rt(VP{&GAPVP
    !via-VP(PP{last(IN|TO)})})})}) !sole(S{!has(VP{has(TO)})})}) !rt(CC{rt(==t)})})}
nummod
  @WN|NX{has(CD|QP=t{!pv(CC)})}
  @WN|NX{has(ADJP=t{sole(QP{!has($)})})}
  QP{has($) has(QP=t)}
amod
  @WN|NX|NAC|INTJ{has(ADJP|WHADJP|JJ|JJR|JJS|VBN|VBG|VBD|IN=t{!has(QP{!has($)}) !pv(CC)})}
  ADJP{!has(CC|CONJP) has(JJ|NNP{sis(JJ|NNP=t)})}
  @WN{has(NP=t{sole(CD) pv(,) lf(WHNP*|NP*) !sis(CC|CONJP)})}
compound
  @WN|NX|NAC{has(NP|@NX4|FW=t{rt(@NX4|FW|CD=s) !redge(POS) !redge(VBZ/"'s") !pv(,)
    !rt(POS{rt(==s)})})}
  @WN|NX|NAC{head(@NX4) !redge(POS) !redge(VBZ/"'s") has(NP|@NX4|FW=t{!redge(POS) !redge(VBZ/"'s")
    nx(JJ|JJR|JJS)})}
  QP|ADJP{has(CD|#=t{!pv(CC)})}
  ADJP|ADVP{has(FW{[pv(FW/-"etc"=t) ; pv(IN/"in"=t)]})}
appos
  @WN|FRAG{!has(CC|CONJP) &NOETC has(NP=t{!sole(CD) pv(,) lf(WHNP*|NP*)})}
  @WN|FRAG{has(PRN=t{has(NP{has(NN*|CD*) lf(-LRB-) nx(-RRB-)})})}
  @WN{has(NP=t{!sole(CD) c1(-LRB-) last(-RRB-) lf(WHNP*|NP*) !sis(CC|CONJP)})}
  @N{!has(CC|CONJP) &NOETC has(NNP{nx(,{nx(NNP=t)})})}
  @WN{!has(CC|CONJP) &NOETC has(NP=t{sole(NNP) pv(WHNP*|NP*{!has(POS)})})}
  FRAG|NP{has(NP{nx(:{nx(SQ|S=t)}) sole(NN|NNS)})}
discourse
  *{has(INTJ=t)}
  *{has(PRN=t{c1(,|-LRB-) c2(INTJ) [!c3(*) ; c3(,|-RRB-)]})}
acl
  @WN|NX{has(VP=t{has(VBG|VBN|VBD) lf(@N|NX)})}
  @WN|NX{has(,{nx(VP=t{&PTC})})}
  @WN|NX{&NOLETC has(WHPP|PP=t{!has(@WN) !pv(CC|CONJP{pv(*)}) has(-[PP|WHPP|CC|CONJP|PCONJP|,])
    !has(PP{c1(IN|RB|MWE|PCONJP|VBN|JJ) c2(@N)})})}
  @N{has(S=t{lf(NP|NN|NNP|NNS) has(VP{has(TO)})})}
  @N{has(SBAR=t{lf(NP|NN|NNP|NNS) has(S{has(VP{has(TO)})})})}
advmod
  VP|ADJP|WHADJP|S|SQ|SBAR|SBARQ|SINV|RRC|@WN{has(@ADVW/-NOT=t{!has(FW/ETC)
    [!via-[ADVP|WHADVP](ADVP{has(IN/"*at*")}) ; !via-[ADVP|WHADVP](ADVP{has(NP)})]})}
  QP{has(IN|RB|RBR|RBS|PDT|DT|JJ|JJR|JJS=t)}
  QP{has(MWE=t{has(JJR|RBR|IN/"more"|"less") has(IN/"than")})}
  ADVP|WHADVP{has(@ADVW|JJ/-NOT/-"no"=t{!has(FW/ETC)}) [!has(@CCS) ; head(*=h) !has(@CCS{[rt(==h)
    lf(==t) ; lf(==h) rt(==t)]})]}
  SBAR{has(WHNP=t{has(WRB)})}
  SBARQ{c1(WHADVP=t)}
  PP|WHPP{head(*{lf(@ADVW/-NOT=t{!has(FW/ETC)})})}
  PP|WHPP{has(@WN) has(@ADVW/-NOT=t{!has(FW/ETC)})}
  CONJP{has(RB/-NOT=t)}
neg < advmod
  VP|@N|ADJP|SQ|S|FRAG|CONJP|PP{has(RB/NOT=t)}
  VP|ADJP|S|SBAR|SINV|FRAG{has(ADVP=t{head(RB/NOT)})}
  VP{up(SQ) lf(RB/NOT=t)}
  @N|NAC|NX|ADJP|ADVP{has(DT|RB/"no"=t{rt(NN*|NM*|NX*|NP*|CD*|JJ*|FW*|ADJP*|QP*|RB*|PRP|PRN*)})}
  ADVP|WHADVP{!has(CC|CONJP) has(@ADVW|JJ/"no"=t)}
mwe
  MWE{has(IN|TO|RB|NP|NN|JJ|VB|CC|VBZ|VBD|ADVP|PP|JJS|RBS=t)}
det
  @N|NAC|NX|X{has(DT/-PRENO=t{!nx(DT) !rt(CC)
    rt(NM*|NN*|NX*|NP*|CD*|JJ*|FW*|ADJP*|QP*|RB*|PRP|PRN*=d{!lf(PRP$|POS{lf(==t)
    !rt(''{rt(==d)})})})})}
  @N{has(DT/PRE=t{!nx(DT) !rt(CC) rt(NN*|NX*) !rt(NP{has(CC)})})}
  @N{has(DT/-PRENO=t{rt(CC) rt(NN*|NX*)})}
  @N{has(DT/-"no"=t{rt(JJ*{!nx(NN*)}) !rt(CC) !nx(DT)})}
  @N{ledge(PRP) last(NP|DT|RB=t{redge("all"|"both"|"each")})}
  WHNP{has(NP{lf(WHNP=t{has(WDT)})})}
  WHNP|ADVP|ADJP{has(NP*|NN*|CD*|RBS*|JJ*{lf(DT|WDT|WP/-"no"=t{[self(WDT|WP) ; !rt(CC|CONJP)]})})}
  @N{has(NP*|NN*|CD*|RBS*{lf(WDT|WP=t)})}
det:predet
  @WN|NX|NAC{has(PDT|DT=t{nx(DT|WP$|PRP$) rt(NN*|NX*) !rt(CC)})}
  @WN{!rt(CC) has(PDT|DT=t{nx(DT) rt(JJ*{!nx(NN*)})})}
  @WN{last(DT) has(PDT=t)}
cc:preconj
  @N|NX|S|VP|ADJP|PP|ADVP|UCP|SBAR{has(PDT|CC|DT/PRE=t{rt(CC)})}
  @N|NX|S|VP|ADJP|PP|ADVP|UCP|SBAR{has(CONJP=t{has(RB/"not") has(RB|JJ/ONLY) rt(CC|CONJP)})}
  @N|NX{has(PDT|CC|DT/PRE=t) has(NP{has(CC)})}
nmod:poss
  @WN|ADJP|WHADJP|INTJ|PRN|NAC|NX{has(WP$|PRP$=t)}
  @WN{!has(CC|CONJP{rt(WHNP|NP)}) has(WHNP|NP=t{[has(POS) ; has(VBZ/"'s")]})}
  @WN{has(WHNP|NP=t{has(CC|CONJP{rt(WHNP|NP)}) has(WHNP|NP{[has(POS) ; has(VBZ/"'s")]})})}
  @WN|NX{has(NN*|NP*=t{rt(POS/"*'*"=p{rt(NN*)}) !rt(NN*|NP*{rt(==p)})})}
case
  PP|WHPP{has(IN|TO|MWE|PCONJP|VBN|JJ=t{!nx(SBAR) [!nx(S) ; nx(S{c1(VP{c1(NN)})})]})}
  @WN{has(POS=t)}
  @WN{has(VBZ/"'s"=t)}
  PP|WHPP{c1(CC=t) c2(NP)}
  PP|WHPP{c1(VBG=t) !has(PP{has(SBAR|S)})}
  ADVP{has(IN=t)}
compound:prt
  VP{has(PRT=t)}
  ADJP{has(VB*) has(RP=t)}
nmod:npmod
  ADVP|ADJP|WHADJP|WHADVP|PP|WHPP{head(JJ|JJR|IN|RB|RBR/-"notwithstanding"{pv(@N=t{!has(NNP|NNPS)})})}
  ADJP{!has(CC|CONJP) has(NN=t{rt(JJ*)})}
  ADVP{head(RB*|ADVP*{rt(@N=t)})}
  @WN{[has(NP=t{sole(PRP/SELF)}) ; has(PRP/SELF=t)]
    has(NP|@NX4|PRP=n{rt(==t{!lf(,|@CCS{lf(==n)})})})}
  @N{!c3(*) c1(@N{hd("%")}) c2(@N=t{hd("days"|"month"|"months")})}
  @N|ADVP|QP{via-[ADVP|WHADVP](ADVP=t{has(NP) has(IN/"*at*")})}
parataxis
  VP{has(PRN=t{has(S|SINV|SBAR)})}
  VP{sis(PRN=t{[has(S|SINV|SBAR) ; has(@N) has(VP)]})}
  S|FRAG|VP{!c1(*{rt(CC|CONJP)}) has(:{nx(S*=t)})}
  S|FRAG{has(S|SBARQ|SQ|FRAG{rt(S|SBARQ|SQ|FRAG=t) !rt(CC|CONJP|MWE) !rt(:/"*;*")})}
  S|FRAG|VP{!has(CONJP|CC) has(:{lf(V*) nx(@N=t)})}
  FRAG|NP{has(NP{nx(:{nx(SQ|S=t)}) deep(NNP|NNPS)})}
list
  FRAG{has(NP{!rt(CC|CONJP|MWE) nx(,{nx(NP=t{nx(,{nx(NP)})})})})}
  FRAG{has(NP{!rt(CC|CONJP|MWE) nx(,{nx(NP{rt(,{nx(NP=t)})})})})}
prep
  VP|ADJP{has(PP=t{sole(IN|TO)})}
)table";

}  // namespace vernier::spice
