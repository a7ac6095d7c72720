/* cairn/iface.h: interfaces, values of any type that have certain methods.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   An interface says what can be done with a value, not what it is:

     CAIRN_INTERFACE (shape,
                      double (*area) (const void *self);
                      void (*scale) (void *self, double by););

   declares `struct shape', two words: where a table of methods is, and where
   the value is.  All zero, it has no value.  A type takes part by a name and a
   table for each interface:

     CAIRN_TYPE (circle, struct circle);
     CAIRN_IMPLEMENT (shape, circle, .area = circle_area,
                      .scale = circle_scale);

   Then

     struct circle c = { 1 };
     struct shape s = CAIRN_IFACE (shape, circle, &c);
     printf ("%g\n", CAIRN_CALL (s, area));

   refers to c, and CAIRN_BOX (shape, circle, c) has a copy of it, as when Go
   converts a value to an interface.  The plugin has the copy on the stack
   unless it outlives the function; without the plugin it is on the heap.

   What the value is can be asked:

     if ((p = CAIRN_AS (circle, s)))      NULL if it is none
       p->r = 2;
     CAIRN_TYPE_SWITCH (s)
       {
         CAIRN_TYPE_CASE (circle, p) printf ("%g\n", p->r);
         CAIRN_TYPE_CASE (square, p) printf ("%g\n", p->side);
         CAIRN_TYPE_DEFAULT puts ("?");
       }

   CAIRN_INTERFACE (any, ) is an interface without methods, for values of any
   type.  That an interface has a method that a type does not define is found
   when it is called.  There is no way from one interface to another but by the
   type of the value.  */

#ifndef CAIRN_IFACE_H
#define CAIRN_IFACE_H

#include <cairn/common.h>

/* What a type is called; types are the same if the addresses of these are, in
   all files of a program.  */
struct cairn_type_name
{
  const char *name;
};

/* Declare `struct NAME' with methods METHODS, pointers to functions whose first
   parameter is a pointer to the value.  */
#define CAIRN_INTERFACE(NAME, ...)                                             \
  struct NAME##_methods                                                        \
  {                                                                            \
    const struct cairn_type_name *type;                                        \
    __VA_ARGS__                                                                \
  };                                                                           \
  struct NAME                                                                  \
  {                                                                            \
    const struct NAME##_methods *methods; /* NULL: no value.  */               \
    void *value;                                                               \
  }

/* The C type TYPE takes part as NAME, in every file in which this stands.  A
   NAME has one type in a program.  What the program loads by dlopen has the
   same types only if the program is linked with -rdynamic.  */
#define CAIRN_TYPE(NAME, TYPE)                                                 \
  extern const struct cairn_type_name cairni_type_##NAME                       \
      __attribute__ ((weak));                                                  \
  const struct cairn_type_name cairni_type_##NAME = { #NAME };                 \
  static inline __attribute__ ((unused)) TYPE *cairni_as_##NAME (              \
      const struct cairn_type_name *const *methods, void *value)               \
  {                                                                            \
    return methods && *methods == &cairni_type_##NAME ? (TYPE *)value : NULL;  \
  }                                                                            \
  struct cairn_type_name

/* The methods of type TYPE in INTERFACE, as initializers of the fields.  */
#define CAIRN_IMPLEMENT(INTERFACE, TYPE, ...)                                  \
  static const struct INTERFACE##_methods cairni_##TYPE##_as_##INTERFACE       \
      __attribute__ ((unused))                                                 \
      = { .type = &cairni_type_##TYPE, __VA_ARGS__ }

/* The type of pointers to TYPE.  */
#define CAIRNI_POINTER(TYPE) __typeof__ (cairni_as_##TYPE (NULL, NULL))

/* The INTERFACE to the value of TYPE that POINTER points to.  */
#define CAIRN_IFACE(INTERFACE, TYPE, POINTER)                                  \
  (__extension__({                                                             \
    CAIRNI_POINTER (TYPE) cairni_pointer = (POINTER);                          \
    struct INTERFACE cairni_iface                                              \
        = { &cairni_##TYPE##_as_##INTERFACE, cairni_pointer };                 \
    cairni_iface;                                                              \
  }))

/* The INTERFACE to a copy of a value of TYPE, the last argument.  */
#if CAIRNI_PLUGIN
#define CAIRN_BOX(INTERFACE, TYPE, ...)                                        \
  ((struct INTERFACE){                                                         \
      &cairni_##TYPE##_as_##INTERFACE,                                         \
      (__typeof__ (*cairni_as_##TYPE (NULL, NULL))[1]){ __VA_ARGS__ } })
#else
#define CAIRN_BOX(INTERFACE, TYPE, ...)                                        \
  (__extension__({                                                             \
    __typeof__ (*cairni_as_##TYPE (NULL, NULL)) cairni_value = __VA_ARGS__;    \
    struct INTERFACE cairni_iface                                              \
        = { &cairni_##TYPE##_as_##INTERFACE,                                   \
            cairn_iface_copy (&cairni_value, sizeof cairni_value) };           \
    cairni_iface;                                                              \
  }))
#endif

/* Call METHOD of the value of IFACE with the other arguments.  */
#define CAIRN_CALL(IFACE, METHOD, ...)                                         \
  (__extension__({                                                             \
    __typeof__ (IFACE) cairni_iface = (IFACE);                                 \
    if (CAIRNI_UNLIKELY (!cairni_iface.methods                                 \
                         || !cairni_iface.methods->METHOD))                    \
      cairn_iface_no_method (cairni_iface.methods ? cairni_iface.methods->type \
                                                  : NULL,                      \
                             #METHOD, CAIRNI_HERE);                            \
    cairni_iface.methods->METHOD (cairni_iface.value, ##__VA_ARGS__);          \
  }))

/* A pointer to the value of IFACE if its type is TYPE, otherwise NULL.  */
#define CAIRN_AS(TYPE, IFACE)                                                  \
  (__extension__({                                                             \
    __typeof__ (IFACE) cairni_iface = (IFACE);                                 \
    cairni_as_##TYPE (cairni_iface.methods ? &cairni_iface.methods->type       \
                                           : NULL,                             \
                      cairni_iface.value);                                     \
  }))

/* The same; ends the program if the type is another.  */
#define CAIRN_MUST_AS(TYPE, IFACE)                                             \
  (__extension__({                                                             \
    __typeof__ (IFACE) cairni_iface = (IFACE);                                 \
    if (CAIRNI_UNLIKELY (!cairni_iface.methods                                 \
                         || cairni_iface.methods->type                         \
                                != &cairni_type_##TYPE))                       \
      cairn_iface_not_type (cairni_iface.methods ? cairni_iface.methods->type  \
                                                 : NULL,                       \
                            #TYPE, CAIRNI_HERE);                               \
    (CAIRNI_POINTER (TYPE)) cairni_iface.value;                                \
  }))

/* The name of the type of IFACE's value; NULL: no value.  */
#define CAIRN_TYPE_OF(IFACE)                                                   \
  (__extension__({                                                             \
    __typeof__ (IFACE) cairni_iface = (IFACE);                                 \
    cairni_iface.methods ? cairni_iface.methods->type->name : NULL;            \
  }))

/* Do that of the following statements, between braces, that is for the type
   of IFACE's value.  `break' ends it.  */
#define CAIRN_TYPE_SWITCH(IFACE)                                               \
  for (struct cairni_switch cairni_switch = CAIRNI_SWITCH (IFACE);             \
       cairni_switch.around; cairni_switch.around = 0)

/* The statement for TYPE; in it POINTER points to the value.  */
#define CAIRN_TYPE_CASE(TYPE, POINTER)                                         \
  if (cairni_switch.todo && cairni_switch.type == &cairni_type_##TYPE)         \
    for (CAIRNI_POINTER (TYPE) POINTER                                         \
         = (cairni_switch.todo = 0,                                            \
           (CAIRNI_POINTER (TYPE))cairni_switch.value);                        \
         cairni_switch.within; cairni_switch.within = 0)

/* The statement, the last one, for all other types and for no value.  */
#define CAIRN_TYPE_DEFAULT for (; cairni_switch.todo; cairni_switch.todo = 0)

#define CAIRNI_SWITCH(IFACE)                                                   \
  (__extension__({                                                             \
    __typeof__ (IFACE) cairni_iface = (IFACE);                                 \
    struct cairni_switch cairni_new                                            \
        = { cairni_iface.methods ? cairni_iface.methods->type : NULL,          \
            cairni_iface.value, 1, 1, 1 };                                     \
    cairni_new;                                                                \
  }))

struct cairni_switch
{
  const struct cairn_type_name *type;
  void *value;
  int todo;           /* No statement was begun yet.  */
  int around, within; /* Loops that run once: for the switch, for a case.  */
};

#ifdef __cplusplus
extern "C"
{
#endif

  /* A copy of the NBYTES at VALUE; the end of the program if there is no
     memory.  */
  extern void *cairn_iface_copy (const void *value, size_t nbytes);

  /* The ends of programs that are wrong.  TYPE NULL: no value.  */
  extern void
  cairn_iface_no_method (const struct cairn_type_name *type, const char *method,
                         const struct cairn_place *where) CAIRNI_ENDS;
  extern void
  cairn_iface_not_type (const struct cairn_type_name *type, const char *wanted,
                        const struct cairn_place *where) CAIRNI_ENDS;

#ifdef __cplusplus
}
#endif

#endif /* CAIRN_IFACE_H */
