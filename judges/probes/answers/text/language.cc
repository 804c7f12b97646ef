#include "judges/probes/answers/text/language.h"

#include <algorithm>

namespace vernier::probes {
namespace {

constexpr std::string_view kWords[] = {
    "ano",  "ce",    "da",     "ei",     "evet",  "hai",  "hayır", "iie", "igen", "ja",
    "jah",  "jo",    "khong",  "kyllä",  "nao",   "ne",   "nee",   "nei", "nein", "nej",
    "nem",  "nie",   "non",    "não",    "nu",    "oui",  "si",    "sim", "sí",   "sì",
    "tak",  "tidak", "vâng",   "ya",     "không", "ναι",  "όχι",   "да",  "нет",  "так",
    "ні",   "نعم",   "لا",     "כן",     "לא",    "हाँ",   "हां",    "नहीं", "はい", "いいえ",
    "네",   "예",    "아니요", "아니오", "是",    "是的", "不是",  "不",  "否",   "有",
    "没有", "對",    "对",     "不對",   "不对",  "沒有", "ใช่",    "ไม่",
};

}  // namespace

bool is_foreign_yes_or_no(std::string_view word) {
  return std::ranges::find(kWords, word) != std::end(kWords);
}

}  // namespace vernier::probes
