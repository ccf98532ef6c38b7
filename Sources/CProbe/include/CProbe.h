// What Swift cannot say about a machine: one processor instruction, and two extensions of the GNU C library.
#pragma once

/// Writes the twelve characters of CPUID leaf 0x40000000 and a NUL; returns 0 where the instruction does not exist.
/// Ask only when the kernel says that there is a hypervisor: on bare metal the leaf holds nonsense.
int assay_hypervisor_signature(char signature[13]);

/// The version of the C library that runs, `2.36`; NULL where it is not glibc.
const char *assay_glibc_version(void);

/// The file from which `function` was loaded, or NULL. Belongs to the dynamic linker.
const char *assay_library_file(const char *function);
