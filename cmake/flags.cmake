# Warnings, hardening and sanitizers for our own code, on one interface target.
add_library(bylaw_flags INTERFACE)
target_compile_definitions(bylaw_flags INTERFACE _GNU_SOURCE BYLAW_VERSION="${PROJECT_VERSION}")
target_compile_options(bylaw_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-align -Wcast-qual -Wpointer-arith
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wformat=2 -Wundef -Wvla
  -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough -fno-common -Wno-missing-field-initializers
  $<$<C_COMPILER_ID:Clang>:-Wno-format-nonliteral>
  $<$<C_COMPILER_ID:GNU>:-Wlogical-op -Wduplicated-cond -Wduplicated-branches>
  $<$<BOOL:${BYLAW_WERROR}>:-Werror>)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # Some compilers come with a level of their own (Ubuntu's do), and warn when it is defined again.
  target_compile_options(bylaw_flags INTERFACE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()

# Sanitizers go into everything, the grammars too: a thread or address report needs the whole picture.
if(BYLAW_SANITIZE)
  add_compile_options(-fsanitize=${BYLAW_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BYLAW_SANITIZE})
endif()
