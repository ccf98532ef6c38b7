// What Swift cannot reach in libnuma's headers, and nothing else.
#pragma once
#include <numa.h>
#include <numaif.h>
