// A stand-in for libnvidia-ml.so.1 with two GPUs, compiled by the tests. Everything is declared here anew, so that a mistake
// in the declarations of the library under test does not go unnoticed by being made twice.
//
//   (nothing)        GPU 0: a current server GPU with every function; GPU 1: an older board that supports few
//   -DINIT=n         nvmlInit_v2 answers n
//   -DOLD            only what a release of some years ago has: first versions of structures, no energy, no links
//   -DCOUNT=n        the number of devices that is claimed
//   -DUNTERMINATED   texts fill all the room they are given
//   -DNOT_TEXT       texts of control characters
//   -DGARBAGE        every number has all bits set
//   -DSILENT         success everywhere, nothing filled in
//   -DREFUSED        GPU 1 may not be opened
//   -DNULL_HANDLE    success, and no handle
//   -DMETERED        GPU 0 uses 300 W from when it was first asked, and its energy counter steps every 100 ms; GPU 1, which
//                    counts no energy, tells the average power of the newer way to ask

#include <stdint.h>
#include <string.h>
#include <time.h>

enum { OK = 0, INVALID = 2, NOT_SUPPORTED = 3, NO_PERMISSION = 4, NOT_FOUND = 6, SIZE = 7, BAD_VERSION = 25 };

typedef struct device { int index, instance; } *device;
static struct device devices[2] = {{0, 0}, {1, 0}};
static struct device instances[2] = {{0, 1}, {0, 2}};

static int open_count;
int stub_open_count(void) { return open_count; }

#ifdef INIT
int nvmlInit_v2(void) { return INIT; }
#else
int nvmlInit_v2(void) { open_count++; return OK; }
#endif
int nvmlShutdown(void) { open_count--; return OK; }

static int text(char *to, unsigned length, const char *from) {
#if defined SILENT
    (void)to, (void)length, (void)from;
#elif defined UNTERMINATED
    (void)from;
    memset(to, 'A', length);
#elif defined NOT_TEXT
    (void)from;
    memcpy(to, "\x1b[31m\xff", 7);
#else
    if (strlen(from) + 1 > length) return SIZE;
    strcpy(to, from);
#endif
    return OK;
}

static int number(unsigned *to, unsigned value) {
#if defined GARBAGE
    (void)value;
    *to = ~0u;
#elif defined SILENT
    (void)to, (void)value;
#else
    *to = value;
#endif
    return OK;
}

// Whether what asks is the older board, or an instance, which supports little.
static int is_poor(device d) { return d->index == 1 || d->instance != 0; }

int nvmlSystemGetDriverVersion(char *to, unsigned length) { return text(to, length, "550.54.14"); }
int nvmlSystemGetNVMLVersion(char *to, unsigned length) { return text(to, length, "12.550.54.14"); }
int nvmlSystemGetCudaDriverVersion_v2(int *version) { return number((unsigned *)version, 12040); }

#ifndef COUNT
#define COUNT 2
#endif
int nvmlDeviceGetCount_v2(unsigned *count) { *count = COUNT; return OK; }

int nvmlDeviceGetHandleByIndex_v2(unsigned index, device *to) {
    if (index > 1) return INVALID;
#ifdef REFUSED
    if (index == 1) return NO_PERMISSION;
#endif
#ifndef NULL_HANDLE
    *to = &devices[index];
#endif
    return OK;
}

int nvmlDeviceGetName(device d, char *to, unsigned length) {
    if (d->instance) return text(to, length, "NVIDIA H100 80GB HBM3 MIG 3g.40gb");
    return text(to, length, d->index ? "Tesla P4" : "NVIDIA H100 80GB HBM3");
}
int nvmlDeviceGetVbiosVersion(device d, char *to, unsigned length) {
    return text(to, length, d->index ? "86.04.8C.00.10" : "96.00.89.00.01");
}
int nvmlDeviceGetUUID(device d, char *to, unsigned length) {
    (void)d;
    return text(to, length, "GPU-PLANTED-UUID");
}
int nvmlDeviceGetSerial(device d, char *to, unsigned length) {
    return d->index ? NOT_SUPPORTED : text(to, length, "PLANTED-SERIAL");
}

struct pci { char legacy[16]; unsigned domain, bus, device, ids, subsystem; char id[32]; };
int nvmlDeviceGetPciInfo_v3(device d, struct pci *to) {
#ifndef SILENT
    struct pci pci = {"0000:41:00.0", 0, 0x41, 0, 0x233010deu, 0x16c110deu, "00000000:41:00.0"};
    if (d->index) { pci.bus = 0xc1; pci.ids = 0x1bb310deu; }
#ifdef GARBAGE
    memset(&pci, 0xff, sizeof pci);
#endif
    *to = pci;
#endif
    return OK;
}

int nvmlDeviceGetCudaComputeCapability(device d, int *major, int *minor) {
    number((unsigned *)major, d->index ? 6 : 9);
    return number((unsigned *)minor, d->index ? 1 : 0);
}

struct memory { unsigned long long total, free, used; };
int nvmlDeviceGetMemoryInfo(device d, struct memory *to) {
    to->total = d->index ? 8ull << 30 : 80ull << 30;
    to->free = d->index ? 7ull << 30 : 79ull << 30;
    to->used = 1ull << 30;
#ifdef GARBAGE
    to->total = to->free = ~0ull;
#endif
    return OK;
}
int nvmlDeviceGetBAR1MemoryInfo(device d, struct memory *to) {
    if (d->index) return NOT_SUPPORTED;
    to->total = 128ull << 30;
#ifdef GARBAGE
    to->total = ~0ull;
#endif
    return OK;
}

int nvmlDeviceGetClockInfo(device d, unsigned clock, unsigned *to) {
    static const unsigned now[2][3] = {{345, 345, 2619}, {455, 455, 405}};
    return clock > 2 ? INVALID : number(to, now[d->index][clock]);
}
int nvmlDeviceGetMaxClockInfo(device d, unsigned clock, unsigned *to) {
    static const unsigned most[2][3] = {{1980, 1980, 2619}, {1531, 1531, 3003}};
    return clock > 2 ? INVALID : number(to, most[d->index][clock]);
}
int nvmlDeviceGetApplicationsClock(device d, unsigned clock, unsigned *to) {
    if (d->index) return NO_PERMISSION;
    return clock == 2 ? number(to, 2619) : number(to, 1755);
}

int nvmlDeviceGetPowerUsage(device d, unsigned *to) { return number(to, d->index ? 6120 : 71250); }
int nvmlDeviceGetEnforcedPowerLimit(device d, unsigned *to) { return number(to, d->index ? 75000 : 700000); }
int nvmlDeviceGetPowerManagementDefaultLimit(device d, unsigned *to) {
    return d->index ? NOT_SUPPORTED : number(to, 700000);
}
int nvmlDeviceGetPowerManagementLimitConstraints(device d, unsigned *least, unsigned *most) {
    if (d->index) return NOT_SUPPORTED;
    number(least, 200000);
    return number(most, 700000);
}

int nvmlDeviceGetPersistenceMode(device d, unsigned *to) { return number(to, d->index ? 0 : 1); }
int nvmlDeviceGetComputeMode(device d, unsigned *to) { return number(to, d->index ? 3 : 0); }
int nvmlDeviceGetEccMode(device d, unsigned *current, unsigned *pending) {
    number(current, d->index ? 0 : 1);
    return number(pending, 1);
}
int nvmlDeviceGetCurrPcieLinkGeneration(device d, unsigned *to) { return number(to, d->index ? 1 : 5); }
int nvmlDeviceGetMaxPcieLinkGeneration(device d, unsigned *to) { return number(to, d->index ? 3 : 5); }
int nvmlDeviceGetCurrPcieLinkWidth(device d, unsigned *to) { return (void)d, number(to, 16); }
int nvmlDeviceGetMaxPcieLinkWidth(device d, unsigned *to) { return (void)d, number(to, 16); }
int nvmlDeviceGetTemperature(device d, unsigned sensor, unsigned *to) {
    return sensor ? INVALID : number(to, d->index ? 41 : 29);
}

struct utilization { unsigned gpu, memory; };
int nvmlDeviceGetUtilizationRates(device d, struct utilization *to) {
    number(&to->memory, 0);
    return number(&to->gpu, d->index ? 0 : 3);
}

int nvmlDeviceGetCurrentClocksThrottleReasons(device d, unsigned long long *to) {
    *to = d->index ? 0x0 : 0x1;
#ifdef GARBAGE
    *to = ~0ull;
#endif
    return OK;
}

#ifndef OLD
struct memory_v2 { unsigned version; unsigned long long total, reserved, free, used; };
int nvmlDeviceGetMemoryInfo_v2(device d, struct memory_v2 *to) {
    if (to->version != (sizeof *to | 2u << 24)) return BAD_VERSION;
    struct memory first;
    nvmlDeviceGetMemoryInfo(d, &first);
    *to = (struct memory_v2){to->version, first.total, 512ull << 20, first.free, first.used};
    return OK;
}

struct temperature { unsigned version; int sensor; int celsius; };
int nvmlDeviceGetTemperatureV(device d, struct temperature *to) {
    if (to->version != (sizeof *to | 1u << 24) || to->sensor != 0) return BAD_VERSION;
    return number((unsigned *)&to->celsius, d->index ? 42 : 30);
}

int nvmlDeviceGetCurrentClocksEventReasons(device d, unsigned long long *to) {
    *to = d->index ? 0x0 : 0x8000000000000045ull;
#ifdef GARBAGE
    *to = ~0ull;
#endif
    return OK;
}

#ifdef METERED
// Millijoules at 300 W, as they were at the last step.
static unsigned long long metered(void) {
    static double start;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_RAW, &t);
    double now = (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
    if (start == 0) start = now;
    unsigned long long steps = (unsigned long long)((now - start) / 0.1);
    return 5000000ull + steps * 30000ull;
}

struct field { unsigned field, scope; long long timestamp, latency; unsigned type, result; union { double d; unsigned u; unsigned long long w; } value; };
int nvmlDeviceGetFieldValues(device d, int count, struct field *fields) {
    for (int i = 0; i < count; i++) {
        fields[i].result = fields[i].field == 185 && d->index ? OK : NOT_SUPPORTED;
        fields[i].type = 1;
        fields[i].value.u = 6250;
    }
    return OK;
}
#endif

int nvmlDeviceGetTotalEnergyConsumption(device d, unsigned long long *to) {
#ifdef METERED
    *to = metered();
#else
    *to = 123456789;
#endif
#ifdef GARBAGE
    *to = ~0ull;
#endif
    return is_poor(d) ? NOT_SUPPORTED : OK;
}

int nvmlDeviceGetNumGpuCores(device d, unsigned *to) { return number(to, d->index ? 2560 : 16896); }

struct attributes { unsigned units, copy, decoders, encoders, jpeg, flow, slices, compute_slices; unsigned long long mib; };
int nvmlDeviceGetAttributes_v2(device d, struct attributes *to) {
    if (!d->instance) return NOT_SUPPORTED;
    to->mib = 40448;
    return number(&to->units, 60);
}

int nvmlDeviceGetMigMode(device d, unsigned *current, unsigned *pending) {
    if (is_poor(d)) return NOT_SUPPORTED;
    number(current, 1);
    return number(pending, 1);
}
int nvmlDeviceGetMaxMigDeviceCount(device d, unsigned *to) { return number(to, is_poor(d) ? 0 : 7); }
int nvmlDeviceGetMigDeviceHandleByIndex(device d, unsigned index, device *to) {
    (void)d;
    if (index != 1 && index != 4) return NOT_FOUND;
    *to = &instances[index == 4];
    return OK;
}

int nvmlDeviceGetNvLinkState(device d, unsigned link, unsigned *to) {
    if (is_poor(d)) return NOT_SUPPORTED;
    return link > 3 ? INVALID : number(to, link != 3);
}
int nvmlDeviceGetNvLinkVersion(device d, unsigned link, unsigned *to) { return (void)d, (void)link, number(to, 6); }
int nvmlDeviceGetNvLinkRemoteDeviceType(device d, unsigned link, unsigned *to) {
    return (void)d, number(to, link == 0 ? 0 : link == 1 ? 2 : 255);
}
#endif
