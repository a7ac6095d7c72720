# runtime.mk: build the runtime; included by the top GNUmakefile.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later, with
# the GCC Runtime Library Exception version 3.1 (see COPYING,
# COPYING.RUNTIME).
#
# Libraries go to build/, objects to build/runtime/{so,a,boehm}/, generated
# headers to build/runtime/gen/.

RT_CC ?= $(CC)
RT_OBJCOPY ?= objcopy
RT_CFLAGS ?= -O2 -g
RT_GEN = build/runtime/gen

RT_ALL_CFLAGS = $(RT_CFLAGS) -std=gnu11 -Wall -Wextra -Wundef -fPIC \
  -fvisibility=hidden -fno-builtin-malloc -ftls-model=initial-exec \
  -fno-strict-aliasing -fno-semantic-interposition \
  -Iruntime -Iruntime/include -I$(RT_GEN) -MMD -MP

RT_SOURCES = $(sort $(wildcard $(addprefix runtime/, base/*.c os/*.c \
  arch/x86_64/*.[cS] heap/*.c stack/*.c gc/*.c sched/*.c prof/*.c entry/*.c lib/*.c)))
RT_GENERATORS = runtime/heap/size-class-gen.c runtime/entry/rt-header-gen.c
RT_SOURCES := $(filter-out $(RT_GENERATORS), $(RT_SOURCES))
RT_HEADERS = $(RT_GEN)/size-class-table.h $(RT_GEN)/cairn-rt.h

RT_SO_OBJECTS = $(RT_SOURCES:runtime/%=build/runtime/so/%.o)
RT_A_OBJECTS = $(RT_SOURCES:runtime/%=build/runtime/a/%.o)

RT_BOEHM_SOURCES = $(sort $(wildcard runtime/boehm/*.c))
RT_BOEHM_OBJECTS = $(RT_BOEHM_SOURCES:runtime/%=build/runtime/boehm/%.o) \
  build/runtime/boehm/arch/x86_64/thunk.c.o

.PHONY: runtime
runtime: build/libcairn.so build/libcairn.a build/libcairn-boehm.so \
  build/libcairn-boehm.a

build/libcairn.so: $(RT_SO_OBJECTS)
	$(RT_CC) $(RT_CFLAGS) -shared -Wl,-soname,libcairn.so -Wl,-z,relro,-z,now \
	  -Wl,-z,nodelete -o $@ $^

build/libcairn.a: $(RT_A_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $^

# What of profiles needs other libraries: see runtime/prof/module.h.
build/libcairn-prof.so: build-aux/prof-module runtime/prof/module.h \
  $(wildcard runtime/pprof/*.[ch]) runtime/os/images.h
	build-aux/prof-module $(RT_CC) $@ $(RT_CFLAGS) -std=gnu11 -Wall -Wextra \
	  -Wundef -fPIC -fvisibility=hidden -Iruntime -Iruntime/include

build/libcairn-boehm.so: $(RT_BOEHM_OBJECTS)
	$(RT_CC) $(RT_CFLAGS) -shared -Wl,-soname,libcairn-boehm.so \
	  -Wl,-z,relro,-z,now -o $@ $^ -lgc -lpthread

build/libcairn-boehm.a: $(RT_BOEHM_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $^

# Backtraces leave out the runtime's frames, also in a static program: its code
# is in sections of its own, assembly in another than C.
RT_RENAME = $(RT_OBJCOPY) $(foreach s,.text .text.unlikely .text.hot \
  .text.startup .text.exit,--rename-section $s=$(if $(filter %.S,$<),cairn_asm,cairn_text))

build/runtime/so/%.o: runtime/% | $(RT_HEADERS)
	@mkdir -p $(@D)
	$(RT_CC) $(RT_ALL_CFLAGS) -c -o $@ $<
	$(RT_RENAME) $@

# The C library in a static link has other names for what we stand in for.
build/runtime/a/%.o: runtime/% | $(RT_HEADERS)
	@mkdir -p $(@D)
	$(RT_CC) $(RT_ALL_CFLAGS) -DCAIRNI_STATIC -c -o $@ $<
	$(RT_RENAME) $@

build/runtime/boehm/%.o: runtime/% | $(RT_HEADERS)
	@mkdir -p $(@D)
	$(RT_CC) $(RT_ALL_CFLAGS) -c -o $@ $<

$(RT_GEN)/size-class-table.h: runtime/heap/size-class-gen.c
	@mkdir -p $(@D)
	$(RT_CC) -O1 -Wall -Wextra -o $(RT_GEN)/size-class-gen $<
	$(RT_GEN)/size-class-gen > $@.new
	mv $@.new $@

$(RT_GEN)/cairn-rt.h: runtime/entry/rt-header-gen.c runtime/entry-points.def
	@mkdir -p $(@D)
	$(RT_CC) -O1 -Wall -Wextra -Iruntime -o $(RT_GEN)/rt-header-gen $<
	$(RT_GEN)/rt-header-gen > $@.new
	mv $@.new $@

-include $(RT_SO_OBJECTS:.o=.d) $(RT_A_OBJECTS:.o=.d) $(RT_BOEHM_OBJECTS:.o=.d)
