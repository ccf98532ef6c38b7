#pragma once

// What we call of NVIDIA's management library, declared by ourselves: the library is loaded at run time, and no header of
// it is needed to build. Function types are named after the kind of answer, because many functions share one; the numbers
// and the layout of the structures are fixed by the library's binary interface.

#include <stdint.h>

typedef struct assay_nvml_device *assay_nvml_device_t;

/// Lengths that the library promises to be enough, with the terminating NUL.
enum {
    ASSAY_NVML_NAME_BYTES = 96,
    ASSAY_NVML_VERSION_BYTES = 80,
    ASSAY_NVML_VBIOS_BYTES = 32,
    ASSAY_NVML_UUID_BYTES = 96,
    ASSAY_NVML_SERIAL_BYTES = 30
};

enum { ASSAY_NVML_MAX_LINKS = 36 };

/// nvmlMemory_t. What is reserved for the driver counts as used.
typedef struct {
    uint64_t total, free, used;
} assay_nvml_memory;

/// nvmlMemory_v2_t. The caller fills in `version` first.
typedef struct {
    uint32_t version;
    uint64_t total, reserved, free, used;
} assay_nvml_memory_v2;

/// nvmlTemperature_v1_t. The caller fills in `version` and `sensor` first.
typedef struct {
    uint32_t version, sensor;
    int32_t celsius;
} assay_nvml_temperature;

/// Size and version in one word, as every versioned structure wants it.
enum {
    ASSAY_NVML_MEMORY_V2 = (int)sizeof(assay_nvml_memory_v2) | 2 << 24,
    ASSAY_NVML_TEMPERATURE_V1 = (int)sizeof(assay_nvml_temperature) | 1 << 24
};

/// nvmlPciInfo_t as nvmlDeviceGetPciInfo_v3 fills it.
typedef struct {
    char legacy_bus_id[16];
    uint32_t domain, bus, device, ids, subsystem_ids;
    char bus_id[32];
} assay_nvml_pci;

/// nvmlBAR1Memory_t
typedef struct {
    uint64_t total, free, used;
} assay_nvml_bar1;

/// nvmlUtilization_t, in percent.
typedef struct {
    uint32_t gpu, memory;
} assay_nvml_utilization;

/// nvmlDeviceAttributes_t
typedef struct {
    uint32_t multiprocessors, copy_engines, decoders, encoders, jpeg_engines, optical_flow_engines;
    uint32_t gpu_instance_slices, compute_instance_slices;
    uint64_t mebibytes;
} assay_nvml_attributes;

/// nvmlFieldValue_t. The last member is a union of numbers, the first bytes of which are the shorter ones.
typedef struct {
    uint32_t field, scope;
    int64_t timestamp, latency;
    uint32_t value_type, result;
    uint64_t value;
} assay_nvml_field;

/// nvmlValueType_t
enum { ASSAY_NVML_VALUE_UNSIGNED = 1 };

typedef int (*assay_nvml_call)(void);
typedef int (*assay_nvml_text)(char *text, uint32_t length);
typedef int (*assay_nvml_integer)(int32_t *value);
typedef int (*assay_nvml_number)(uint32_t *value);
typedef int (*assay_nvml_device_by_index)(uint32_t index, assay_nvml_device_t *device);

typedef int (*assay_nvml_device_text)(assay_nvml_device_t device, char *text, uint32_t length);
typedef int (*assay_nvml_device_number)(assay_nvml_device_t device, uint32_t *value);
typedef int (*assay_nvml_device_wide_number)(assay_nvml_device_t device, uint64_t *value);
typedef int (*assay_nvml_device_two_numbers)(assay_nvml_device_t device, uint32_t *first, uint32_t *second);
typedef int (*assay_nvml_device_two_integers)(assay_nvml_device_t device, int32_t *first, int32_t *second);
/// The selector is a clock, a sensor, a link.
typedef int (*assay_nvml_device_selected_number)(assay_nvml_device_t device, uint32_t selector, uint32_t *value);
typedef int (*assay_nvml_device_child)(assay_nvml_device_t device, uint32_t index, assay_nvml_device_t *child);
typedef int (*assay_nvml_device_fields)(assay_nvml_device_t device, int32_t count, assay_nvml_field *fields);
/// Fills one of the structures above.
typedef int (*assay_nvml_device_structure)(assay_nvml_device_t device, void *structure);
