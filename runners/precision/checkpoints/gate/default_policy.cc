#include "runners/precision/checkpoints/gate/default_policy.h"

namespace vernier {

std::string precision_policy_text() {
  return R"(# What a checkpoint of fewer bits may cost:
#   vernier precision --model-a DIR --model-b DIR-int4 scenes --policy precision.toml
# Rules as in gate.toml (vernier gate --init explains them all); a rule is judged by the level that
# measures its score. b is compared with a; a pass is a whole interval within what is allowed.

alpha = 0.05

[[rule]]                     # logits: divergence of what is expected, nats a token of captions
metric = "kl"                # that people wrote
max_increase = 0.03

[[rule]]                     # logits: share of those tokens with another likeliest one
metric = "top-changed"
max_increase = 0.05

[[rule]]                     # answers: share of questions answered otherwise, right or wrong
metric = "answers-changed"
max_increase = 0.03

[[rule]]                     # verdicts: points, of 100, that the judge's ratings move by
metric = "verdicts-moved"
max_increase = 3

[[rule]]                     # verdicts: Kendall's tau-b of its ratings with those of people
metric = "tau-people"
max_drop = 0.01

# [[rule]]                   # answers: share that is right
# metric = "right"
# max_drop = 0.02

# [[rule]]                   # captions: any score of vernier score
# metric = "cider"
# max_drop = 0.03
)";
}

GatePolicy precision_policy() { return parse_policy(precision_policy_text(), "the usual bounds"); }

}  // namespace vernier
