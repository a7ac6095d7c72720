/* A header of the program's own.  */
struct private { char a; long l; char b; };	/* saves 8 */
