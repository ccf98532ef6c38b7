#pragma once

/// Tells the processor that this is a waiting loop: it saves power and leaves the core to a sibling thread.
static inline void assay_relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    // `yield` does nothing on most Arm cores; `isb` waits about as long as a pause.
    __asm__ volatile("isb" ::: "memory");
#endif
}
