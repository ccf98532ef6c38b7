// What Swift cannot reach in hwloc's headers, and nothing else.
#pragma once
#include <hwloc.h>
