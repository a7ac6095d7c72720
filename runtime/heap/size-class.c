/* size-class.c: the tables of size classes.

@C@
*/

#define CAIRNI_SIZE_CLASS_TABLES
#include "heap/size-class.h"
