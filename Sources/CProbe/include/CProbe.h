// What Swift cannot say about a machine: a few processor instructions, and extensions of the GNU C library.
#pragma once

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
