// The rules by which CoreNLP 3.6.0 makes basic dependencies of English constituency trees.
//
// All tables have the form of table_reader.h. Patterns are written so:
//
//   LABELS/WORDS=name{conditions}       a node; all but LABELS may be left out
//
//   LABELS  labels, any of which will do, between bars: NP this label (not NP-TMP), VB* those that
//           begin so, * any node, @N a class of kLabelClasses, -[A|B] none of these; a quoted word
//           is a leaf, the word itself
//   /WORDS  the node is the tag of a word of these lists: names of kWordLists or quoted words;
//           /-WORDS it is not; there may be several
//   =name   names the node; ==name it is the node of that name; ~name it has that node's label
//   conditions, all of which must hold:
//     relation(node)       a node that fits stands in that relation to this one
//     !relation(node)      none does
//     [a b ; c]            the conditions of one of the alternatives hold
//     &NAME                conditions of kMacros
//
//   has   children                         c1 c2 c3 last  the first, second, third, last child
//   sole  the child that has no sisters    up             the parent
//   nx pv the next, the previous sister    rt lf sis      all later, all earlier, all sisters
//   self  the node itself                  deep           all nodes below
//   head  the head child, without regard to the parent (heads.h)
//   hd ledge redge  head, first or last child, its head, first or last child, ... to the leaf
//   via-X via-[X|Y] children, and their children where they are labelled so, and so on
//
// Candidates are tried from left to right. A name stands for what its node was found to be by the
// conditions to its left.
#pragma once

#include <string_view>

namespace vernier::spice {

/// `NAME word word ...`. +NAME: also the words of that list; day:s day and days; ask+ the forms of
/// a regular verb; *x, x*, *x* words that end, begin or go on so. Entries with capitals are
/// compared with the word as it is written, others with its lower case.
extern const std::string_view kWordLists;
/// `NAME label label* ...`
extern const std::string_view kLabelClasses;
/// `NAME conditions`
extern const std::string_view kMacros;

/// Multi-word expressions, one an entry: nodes a to b are put under a node MWE, node c behind b.
extern const std::string_view kMultiwords;
/// Further changes of the tree, before and after noun phrases with flat coordinations are changed
/// (surgery/coordination.h). An entry has a title and lines `pattern -> action; action`:
///   wrap X a b   puts the sisters a to b under a new node X
///   after a b    makes b the next sister of a
///   front a b    makes b the first child of a
///   splice a     replaces a by its children
///   delete a     takes a away
///   label X a    relabels a
extern const std::string_view kSurgeryBeforeCoordination;
extern const std::string_view kSurgeryAfterCoordination;

/// `LABEL search ; search`: where to look for the head child. A search is a direction and labels:
///   L   the first label that a child has, and the leftmost child that has it
///   R   the same with the rightmost
///   RD  the rightmost child that has any of them
/// `LABEL = LABEL`: as there.
extern const std::string_view kHeads;
/// Head children that are found by a pattern, named h, before all else.
extern const std::string_view kHeadPatterns;

/// An entry is a relation, `name < parent` where it is more special than another. Its lines are
/// patterns for the phrase that holds both words; t is the dependent, the phrase's head the
/// governor.
extern const std::string_view kRelations;

/// Verbs for which finish() (graph/finishing.h) reattaches a question word.
extern const std::string_view kReattachingLemmas;

}  // namespace vernier::spice
