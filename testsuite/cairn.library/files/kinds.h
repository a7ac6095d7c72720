/* kinds.h: types and an interface that two files share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include <cairn/iface.h>
#include <cairn/map.h>
#include <cairn/pool.h>
#include <cairn/string.h>

CAIRN_INTERFACE (any, int (*number) (const void *self););
CAIRN_TYPE (first, int);
CAIRN_TYPE (second, short);
CAIRN_SLICE (ints, int);
CAIRN_MAP (squares, int, long);
CAIRN_MAP_STRING (ages, int);

#ifdef __cplusplus
extern "C"
#endif
    struct any
    make_any (int which);
