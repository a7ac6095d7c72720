/* What both files of `same' have: functions of their own, with the same names.  */
#include <cairn/map.h>

CAIRN_MAP (table, int, int);
