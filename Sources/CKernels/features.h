#pragma once

/// Why this processor, or the operating system on it, cannot run `isa`; NULL where it can. One file an architecture.
const char *assay_features_obstacle(int isa);
