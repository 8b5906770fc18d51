/* What a fuzz target gives: to libFuzzer, or to standalone.c, which replays files and mutates seeds. */
#ifndef BYLAW_TESTS_FUZZ_H
#define BYLAW_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Makes inputs from the goldens of a folder, so that none that depends on the schema has to be committed. */
void fuzz_seeds(const char *goldens, void (*add)(const uint8_t *data, size_t size));

#endif
