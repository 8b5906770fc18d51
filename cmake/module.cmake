# bylaw_module(name dir DEPS targets…): every .c of a folder (for rules: of the areas, and of the folder that a rule of several
# files has there) as one static library. A folder without sources yet is an interface library.
function(bylaw_module name dir)
  cmake_parse_arguments(M "" "" "DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.c)
  if(dir STREQUAL "rules")
    file(GLOB sources CONFIGURE_DEPENDS ${dir}/*/*.c ${dir}/*/*/*.c)
  endif()
  if(sources)
    add_library(bylaw_${name} STATIC ${sources})
    target_include_directories(bylaw_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include)
    if(NOT dir STREQUAL "rules")
      target_include_directories(bylaw_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    endif()
    target_link_libraries(bylaw_${name} PUBLIC ${M_DEPS} PRIVATE bylaw_flags)
  else()
    add_library(bylaw_${name} INTERFACE)
    target_link_libraries(bylaw_${name} INTERFACE ${M_DEPS})
  endif()
endfunction()

# Compiles the YAML of a folder into one table (src/build/libraries.c) and adds it to a target.
function(bylaw_libraries target dir)
  add_executable(compile_libraries
    src/tools/compile_libraries.c src/model/library_yaml.c src/config/yaml.c src/config/suggest.c)
  target_include_directories(compile_libraries PRIVATE src include)
  target_link_libraries(compile_libraries PRIVATE bylaw_base PkgConfig::YAML bylaw_flags)
  file(GLOB yaml CONFIGURE_DEPENDS ${dir}/*/*.yaml)
  list(SORT yaml)
  set(table ${PROJECT_BINARY_DIR}/generated/libraries.c)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
  add_custom_command(OUTPUT ${table} COMMAND compile_libraries ${table} ${yaml} DEPENDS compile_libraries ${yaml}
    COMMENT "Compiling rules/libraries" VERBATIM)
  target_sources(${target} PRIVATE ${table})
endfunction()

# Embeds the rules' pages, in the order of rules.def, and adds them to a target.
function(bylaw_rule_pages target dir)
  add_executable(embed_pages src/tools/embed_pages.c)
  target_include_directories(embed_pages PRIVATE src include ${dir})
  target_link_libraries(embed_pages PRIVATE bylaw_base bylaw_flags)
  file(GLOB files CONFIGURE_DEPENDS ${dir}/*/*.c ${dir}/*/*.md)
  list(SORT files)
  set(pages ${PROJECT_BINARY_DIR}/generated/pages.c)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
  add_custom_command(OUTPUT ${pages} COMMAND embed_pages ${pages} ${files} DEPENDS embed_pages ${files} ${dir}/rules.def
    COMMENT "Embedding the rules' pages" VERBATIM)
  target_sources(${target} PRIVATE ${pages})
  target_include_directories(${target} PRIVATE ${dir})
endfunction()

# Adds a file's bytes to a target, as `const char SYMBOL[]` and `const uint32_t SYMBOL_len`.
function(bylaw_embed target symbol path)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(READ ${path} bytes HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
  set(source ${PROJECT_BINARY_DIR}/generated/${symbol}.c)
  file(CONFIGURE OUTPUT ${source} CONTENT "#include <stdint.h>
extern const char ${symbol}[];
extern const uint32_t ${symbol}_len;
const char ${symbol}[] = {${bytes}};
const uint32_t ${symbol}_len = sizeof(${symbol});
")
  target_sources(${target} PRIVATE ${source})
endfunction()
