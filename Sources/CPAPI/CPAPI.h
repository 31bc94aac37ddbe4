// libpapi, with what Swift cannot see of it: constants that are macros of macros.
#ifndef ORUS_CPAPI_H
#define ORUS_CPAPI_H

#include <papi.h>

/// What `PAPI_library_init` has to be given, and gives back when library and header agree.
static inline int orus_papi_version(void) { return PAPI_VER_CURRENT; }

/// Counts of threads and processes that the counted one starts belong to it.
static inline int orus_papi_inherit(int event_set) {
  PAPI_option_t option = {0};
  option.inherit.eventset = event_set;
  option.inherit.inherit = PAPI_INHERIT_ALL;
  return PAPI_set_opt(PAPI_INHERIT, &option);
}

#endif
