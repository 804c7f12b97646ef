// VERNIER_SANITIZED is defined where the address or the thread sanitizer watches (GCC and clang say
// so differently).
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define VERNIER_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define VERNIER_SANITIZED
#endif
#endif
