/* A fresh folder for one test. Every path is relative to it. */
#ifndef BYLAW_TESTS_TREE_H
#define BYLAW_TESTS_TREE_H

#include "base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Makes the folder, and removes it with all that is in it. One at a time. */
void tree_begin(void);
void tree_end(void);
/* The same around a test of cmocka. */
int tree_setup(void **state);
int tree_teardown(void **state);
#define TREE_TEST(test) cmocka_unit_test_setup_teardown(test, tree_setup, tree_teardown)

const char *tree_root(void);
/* Its path with this behind it; holds for three more calls. */
const char *tree_path(const char *path);
/* Folders on the way are made. The whole path may be longer than PATH_MAX. */
void tree_write(const char *path, const char *text);
void tree_write_bytes(const char *path, const void *bytes, size_t len);
void tree_write_repeated(const char *path, const char *before, const char *part, size_t times, const char *after);
void add_repeated(struct buf *out, const char *part, size_t times);
/* Does the file hold just this text? */
bool tree_holds(const char *path, const char *text);
/* Adds what is left of an open file. */
void read_to_end(int fd, struct buf *out);

#endif
