#include "unit/sources.h"

#include "source/disk.h"
#include "tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct buf source_text(struct source *s)
{
	struct source_files files = { 0 };
	struct err err = { "" };
	struct buf out = { 0 };
	assert_non_null(s);
	assert_true(source_list(s, &files, &err));
	for (uint32_t i = 0; i < files.list.count; i++) {
		const struct source_file *f = &files.list.items[i];
		buf_printf(&out, "%.*s%s%s\n", STR_ARG(f->path), f->skip ? "!" : "", skip_reason_text(f->skip));
	}
	source_files_release(&files);
	return out;
}

void assert_lists(struct source *s, const char *expected)
{
	struct buf out = source_text(s);
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
}

void assert_disk_lists(const struct str *paths, uint32_t count, const char *expected)
{
	struct err err = { "" };
	struct source *s = disk_source_open(tree_root(), paths, count, &err);
	assert_lists(s, expected);
	source_close(s);
}

void assert_content(struct source *s, const char *path, const char *text)
{
	struct buf bytes = { 0 };
	struct source_file file = { .path = str_from(path) };
	assert_int_equal(source_read(s, &file, &bytes), SKIP_NONE);
	assert_string_equal(buf_cstr(&bytes), text);
	buf_release(&bytes);
}

enum skip_reason reason_of(struct source *s, const char *path)
{
	struct buf bytes = { 0 };
	struct source_file file = { .path = str_from(path) };
	enum skip_reason reason = source_read(s, &file, &bytes);
	assert_true(reason == SKIP_NONE || bytes.len == 0);
	buf_release(&bytes);
	return reason;
}
