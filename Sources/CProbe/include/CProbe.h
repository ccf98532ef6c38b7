// What Swift cannot say about a machine: a few processor instructions, extensions of the GNU C library, and system calls
// that it has no functions for.
#pragma once

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

/// Writes the twelve characters of CPUID leaf 0x40000000 and a NUL; returns 0 where the instruction does not exist.
/// Ask only when the kernel says that there is a hypervisor: on bare metal the leaf holds nonsense.
int assay_hypervisor_signature(char signature[13]);

/// Writes EAX, EBX, ECX and EDX of a leaf of CPUID; returns 0 where the instruction does not exist. A leaf above the
/// highest (EAX of leaf 0, 0x40000000 or 0x80000000) holds nonsense.
int assay_cpuid(unsigned leaf, unsigned subleaf, unsigned registers[4]);

/// XCR0: the register states that the operating system saves. Ask only where CPUID shows OSXSAVE: the instruction traps
/// elsewhere.
unsigned long long assay_enabled_states(void);

/// Writes the states, numbered as in XCR0, that this process may use; returns 0 where the kernel does not tell.
int assay_permitted_states(unsigned long long *states);

/// AT_HWCAP, or AT_HWCAP2 for `which` 2: what an Arm kernel offers to programs.
unsigned long assay_capabilities(int which);

/// Length of an SVE register of this process, bytes; negative where there is none.
int assay_scalable_vector_bytes(void);

/// Hz, as the firmware set it; 0 where there is no Arm generic timer.
unsigned long long assay_generic_timer_frequency(void);

/// The version of the C library that runs, `2.36`; NULL where it is not glibc.
const char *assay_glibc_version(void);

/// The file from which `function` was loaded, or NULL. Belongs to the dynamic linker.
const char *assay_library_file(const char *function);

/// The processing units that the calling thread may run on, one bit each. Returns how many words were filled, or −errno;
/// −EINVAL means that the machine has more than there is room for.
long assay_affinity_read(unsigned long *words, size_t count);

/// Lets the calling thread run on those only. 0 or an errno.
int assay_affinity_write(const unsigned long *words, size_t count);

/// Sets the calling thread's memory policy to "local" and back to what it was. 0, or the errno of the first call that
/// was refused.
int assay_memory_policy_try(void);

/// Opens a counter of perf_event_open for the calling thread on any processing unit, runs a short loop, and reads it.
///
/// `name` as perf calls it: `cycles`, `instructions`, `task-clock`. Without `with_kernel` only user space is counted.
/// 0 and the count, or an errno; EINVAL for a name that is not known here.
int assay_counter_try(const char *name, int with_kernel, uint64_t *count);

/// Takes CAP_SYS_ADMIN out of the calling thread's effective capabilities. Returns 1 where it was there and is to be given
/// back with `assay_administration_resume`, 0 where nothing was changed.
int assay_administration_suspend(void);

/// Puts it back; what is permitted was never touched.
void assay_administration_resume(void);
/// Opens a counter of a performance monitoring unit for all that runs on one processing unit's package. A descriptor, or
/// −errno.
int assay_energy_open(uint32_t type, uint64_t config, int processing_unit);

/// The counter's value, scaled by nothing; 0 or an errno.
int assay_energy_read(int counter, uint64_t *count);

void assay_energy_close(int counter);

/// Lets the C library ask the kernel for memory in large pieces and never give any back: for a process that ends in
/// milliseconds, a tenth of which it would otherwise spend on that. To be called before there is a second thread.
void assay_memory_keep(void);

/// `pthread_create` for a thread that begins on another processing unit than the caller's, where the process may use one.
/// A new thread is often put behind its maker, and both wait for each other in turn until the scheduler's next look, 4 ms later:
/// half of a probe. 0, or the error of `pthread_create`.
int assay_thread_start_apart(pthread_t *thread, void *(*body)(void *), void *argument);

/// The first place in `count` bytes where the `length` bytes of `mark` stand, or NULL. (`memmem`, which the C library declares to
/// GNU programs only.)
const void *assay_memory_find(const void *bytes, size_t count, const void *mark, size_t length);
