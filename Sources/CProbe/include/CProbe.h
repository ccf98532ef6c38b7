// What Swift cannot say about a machine: one processor instruction, two extensions of the GNU C library, and system calls
// that it has no functions for.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Writes the twelve characters of CPUID leaf 0x40000000 and a NUL; returns 0 where the instruction does not exist.
/// Ask only when the kernel says that there is a hypervisor: on bare metal the leaf holds nonsense.
int assay_hypervisor_signature(char signature[13]);

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
