#pragma once

#include <stddef.h>
#include <stdint.h>

#define ASSAY_ALWAYS static inline __attribute__((always_inline))

// Rows are asked for before they are needed, into the second cache, which can wait for more lines at once than the first: that,
// not the width of the registers, is what limits random rows (on a Zen 4, 60 ns a row of 512 bytes into the first cache,
// 38 ns into the second). And they are asked for in groups, the first line of each row, then the second of each: lines of one
// row lie in one page of the memory chips and come one after the other, those of many rows come from many pages at once
// (27 ns). All found by trying.

/// How many bytes of rows make a group; rows that do not begin on a line share lines with their neighbours and
/// are best in groups of few. Groups of 2 to 128 rows of 64 to 4096 bytes were tried.
enum { ASSAY_GROUP_BYTES = 8192, ASSAY_GROUP_LEAST = 2, ASSAY_GROUP_MOST = 64, ASSAY_GROUP_RAGGED = 16 };

ASSAY_ALWAYS size_t assay_group_rows(size_t bytes) {
    size_t rows = ASSAY_GROUP_BYTES / bytes, most = bytes % 64 == 0 ? ASSAY_GROUP_MOST : ASSAY_GROUP_RAGGED;
    if (rows < ASSAY_GROUP_LEAST) return ASSAY_GROUP_LEAST;
    return rows > most ? most : rows;
}

/// Asks for every cache line of `rows` rows of `bytes`, line by line across them.
ASSAY_ALWAYS void assay_ask_group(const char *table, const int64_t *indices, size_t rows, size_t bytes) {
    for (size_t offset = 0; offset < bytes; offset += 64)
        for (size_t i = 0; i < rows; i++) __builtin_prefetch(table + (size_t)indices[i] * bytes + offset, 0, 2);
    if (bytes % 64 == 0) return;
    // A row that does not begin on a line ends on one more.
    for (size_t i = 0; i < rows; i++) __builtin_prefetch(table + (size_t)(indices[i] + 1) * bytes - 1, 0, 2);
}

/// Which group is to be asked for when.
typedef struct {
    size_t next;  // the lookup at which it is
    size_t group; // rows of one
    size_t end;   // the lookup after the last
} assay_coming;

/// Asks for the first group of lookups `first` up to `end`.
ASSAY_ALWAYS assay_coming assay_ask_first(
    const char *table, const int64_t *indices, size_t first, size_t end, size_t bytes
) {
    size_t group = assay_group_rows(bytes), rows = end - first < group ? end - first : group;
    assay_ask_group(table, indices + first, rows, bytes);
    return (assay_coming){first, group, end};
}

/// Before lookup `at` is made: where it is the first of its group, the group after that is asked for.
ASSAY_ALWAYS void assay_ask_next(
    assay_coming *coming, const char *table, const int64_t *indices, size_t at, size_t bytes
) {
    if (at != coming->next) return;
    size_t after = at + coming->group, from = after < coming->end ? after : coming->end, left = coming->end - from;
    coming->next = after;
    assay_ask_group(table, indices + from, left < coming->group ? left : coming->group, bytes);
}

/// How many bytes of rows are asked for one by one before they are needed, where rows cannot come in groups, and the least and
/// most rows that may be.
enum { ASSAY_AHEAD_BYTES = 16384, ASSAY_AHEAD_LEAST = 4, ASSAY_AHEAD_MOST = 256 };

ASSAY_ALWAYS size_t assay_rows_ahead(size_t bytes) {
    size_t rows = ASSAY_AHEAD_BYTES / bytes;
    if (rows < ASSAY_AHEAD_LEAST) return ASSAY_AHEAD_LEAST;
    return rows > ASSAY_AHEAD_MOST ? ASSAY_AHEAD_MOST : rows;
}

/// Asks for every cache line of a row of `bytes`.
ASSAY_ALWAYS void assay_ask(const char *row, size_t bytes) {
    size_t offset = 0;
    for (; offset + 256 <= bytes; offset += 256) {
        __builtin_prefetch(row + offset, 0, 2);
        __builtin_prefetch(row + offset + 64, 0, 2);
        __builtin_prefetch(row + offset + 128, 0, 2);
        __builtin_prefetch(row + offset + 192, 0, 2);
    }
    for (; offset < bytes; offset += 64) __builtin_prefetch(row + offset, 0, 2);
    // The last line once more: a row that does not begin on a line ends on one more.
    __builtin_prefetch(row + bytes - 1, 0, 2);
}
