/* Files on the disk, and an editor's buffers over them. */
#include "source/disk.h"
#include "source/overlay.h"
#include "tree.h"
#include "unit/sources.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

static enum skip_reason read_path(const char *path, struct buf *bytes)
{
	struct err err = { "" };
	struct source *s = disk_source_open(tree_root(), NULL, 0, &err);
	struct source_file file = { .path = str_from(path) };
	enum skip_reason reason = source_read(s, &file, bytes);
	source_close(s);
	return reason;
}

static void assert_reads(const char *path, enum skip_reason expected)
{
	struct buf bytes = { 0 };
	assert_string_equal(skip_reason_text(read_path(path, &bytes)), skip_reason_text(expected));
	if (expected != SKIP_NONE)
		assert_int_equal(bytes.len, 0);
	buf_release(&bytes);
}

static void lists_what_it_reads(void **state)
{
	(void)state;
	tree_write("b.ts", "");
	tree_write("a/z.go", "");
	tree_write("a.ts", "");
	tree_write("a-b.ts", "");
	tree_write("readme.md", "");
	tree_write("node_modules/x/index.js", "");
	tree_write("a/node_modules/x/index.js", "");
	tree_write(".git/hooks/a.py", "");
	tree_write(".storybook/main.ts", "");
	tree_write(".eslintrc.js", "");
	tree_write("folder.ts/x.txt", "");
	tree_write("._a.ts", "");
	tree_write("bad\xff\nname.ts", "");
	tree_write("run", "#!/usr/bin/env node\n");
	chmod(tree_path("run"), 0755);
	tree_write("LICENSE", "free\n");
	assert_disk_lists(NULL, 0, ".eslintrc.js\na-b.ts\na.ts\na/z.go\nb.ts\nbad\xff\nname.ts\nrun\n");
	const struct str hidden[] = { STR(".storybook"), STR("a"), STR("a/z.go"), STR("a"), STR("node_modules") };
	assert_disk_lists(hidden, 5, ".storybook/main.ts\na/z.go\n");
	const struct str unknown[] = { STR("readme.md"), STR("LICENSE") };
	assert_disk_lists(unknown, 2, "LICENSE\nreadme.md\n");
}

static void wrong_paths(void **state)
{
	static const struct {
		const char *path, *error;
	} cases[] = {
		{ "src/x.ts", "src/x.ts: no such file or folder" },
		{ "a.ts/x.ts", "a.ts/x.ts: no such file or folder" },
	};
	(void)state;
	tree_write("a.ts", "");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err = { "" };
		struct source_files files = { 0 };
		struct str path = str_from(cases[i].path);
		struct source *s = disk_source_open(tree_root(), &path, 1, &err);
		assert_false(source_list(s, &files, &err));
		assert_string_equal(err.message, cases[i].error);
		source_files_release(&files);
		source_close(s);
	}
	struct err err = { "" };
	struct str outside = STR("../x.ts");
	assert_null(disk_source_open(tree_root(), &outside, 1, &err));
	assert_non_null(strstr(err.message, "../x.ts is outside "));
	err.message[0] = '\0';
	assert_null(disk_source_open("/nonexistent", NULL, 0, &err));
	assert_string_equal(err.message, "/nonexistent: no such folder");
}

/* S12, S13, S14 */
static void special_files_and_links(void **state)
{
	(void)state;
	tree_write("a.ts", "a");
	tree_write("dir/b.ts", "b");
	assert_int_equal(mkfifo(tree_path("fifo.ts"), 0644), 0);
	assert_int_equal(mkfifo(tree_path("fifo.txt"), 0644), 0);
	assert_int_equal(mkfifo(tree_path(".gitignore"), 0644), 0);
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket.go", tree_root());
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);
	assert_int_equal(symlink("a.ts", tree_path("link.ts")), 0);
	assert_int_equal(symlink("/dev/zero", tree_path("zero.ts")), 0);
	assert_int_equal(symlink("nowhere", tree_path("dangling.py")), 0);
	assert_int_equal(symlink("..", tree_path("dir/loop")), 0);
	assert_int_equal(symlink("/etc", tree_path("out")), 0);
	assert_int_equal(symlink("loop.rs", tree_path("loop.rs")), 0);
	mkdir(tree_path("x.ts"), 0755);
	assert_disk_lists(NULL, 0,
		"a.ts\ndangling.py!skip/symlink\ndir/b.ts\nfifo.ts!skip/special-file\nlink.ts!skip/symlink\n"
		"loop.rs!skip/symlink\nsocket.go!skip/special-file\nzero.ts!skip/symlink\n");
	const struct str named[] = { STR("fifo.txt"), STR("out"), STR("out/passwd"), STR("dir/loop/a.ts") };
	assert_disk_lists(named, 1, "fifo.txt!skip/special-file\n");
	assert_disk_lists(named + 1, 1, "out!skip/symlink\n");
	assert_reads("a.ts", SKIP_NONE);
	assert_reads("fifo.ts", SKIP_SPECIAL);
	assert_reads("socket.go", SKIP_SPECIAL);
	assert_reads("link.ts", SKIP_LINK);
	assert_reads("zero.ts", SKIP_LINK);
	assert_reads("x.ts", SKIP_SPECIAL);
	assert_reads("gone.ts", SKIP_CHANGED);
	assert_reads("gone/a.ts", SKIP_CHANGED);
	/* A link on the way is not followed either. */
	struct buf bytes = { 0 };
	assert_int_not_equal(read_path("dir/loop/a.ts", &bytes), SKIP_NONE);
	assert_int_not_equal(read_path("out/passwd", &bytes), SKIP_NONE);
	assert_int_equal(bytes.len, 0);
	buf_release(&bytes);
}

/* S15: for root nothing is closed, so that it looks as nobody. */
static void unreadable(void **state)
{
	(void)state;
	uid_t us = geteuid();
	tree_write("a.ts", "");
	tree_write("dir/b.ts", "");
	assert_int_equal(chmod(tree_root(), 0755), 0);
	assert_int_equal(chmod(tree_path("a.ts"), 0), 0);
	assert_int_equal(chmod(tree_path("dir"), 0), 0);
	if (us == 0)
		assert_int_equal(seteuid(65534), 0);
	assert_disk_lists(NULL, 0, "a.ts\ndir!io/access\n");
	assert_reads("a.ts", SKIP_ACCESS);
	assert_int_equal(seteuid(us), 0);
	assert_int_equal(chmod(tree_path("dir"), 0755), 0);
}

static void put_size(const char *path, off_t size)
{
	tree_write(path, "a\n");
	assert_int_equal(truncate(tree_path(path), size), 0);
}

static void write_text(const char *path, struct str text)
{
	tree_write_bytes(path, text.ptr, text.len);
}

static void sizes_and_encodings(void **state)
{
	struct buf big = { 0 }, bytes = { 0 };
	(void)state;
	put_size("big.ts", SOURCE_MOST_BYTES + 1);
	tree_write("small.ts", "a\n");
	assert_disk_lists(NULL, 0, "big.ts!skip/size\nsmall.ts\n");
	assert_reads("big.ts", SKIP_SIZE);
	while (big.len < SOURCE_MOST_BYTES)
		buf_add_text(&big, "0123456789abcdef");
	tree_write_bytes("full.ts", big.ptr, big.len);
	assert_int_equal(read_path("full.ts", &bytes), SKIP_NONE);
	assert_true(str_eq(buf_str(&bytes), buf_str(&big)));
	big.ptr[8191] = '\0';
	tree_write_bytes("binary.ts", big.ptr, 9000);
	big.ptr[8191] = 'x';
	big.ptr[8192] = '\0';
	tree_write_bytes("late-nul.ts", big.ptr, 9000);
	assert_reads("binary.ts", SKIP_BINARY);
	assert_reads("late-nul.ts", SKIP_NONE);
	write_text("utf16le.ts", STR("\xFF\xFE"
				     "a\0"));
	write_text("utf16be.ts", STR("\xFE\xFF\0a"));
	write_text("utf32le.ts", STR("\xFF\xFE\0\0a\0\0\0"));
	write_text("utf32be.ts", STR("\0\0\xFE\xFF\0\0\0a"));
	tree_write("bom.ts", "\xEF\xBB\xBF"
			     "a");
	tree_write("empty.ts", "");
	assert_reads("utf16le.ts", SKIP_ENCODING);
	assert_reads("utf16be.ts", SKIP_ENCODING);
	assert_reads("utf32le.ts", SKIP_ENCODING);
	assert_reads("utf32be.ts", SKIP_ENCODING);
	assert_reads("empty.ts", SKIP_NONE);
	assert_int_equal(read_path("bom.ts", &bytes), SKIP_NONE);
	assert_int_equal(bytes.len, 4);
	buf_release(&bytes);
	buf_release(&big);
}

/* S18 */
static void deep_folders(void **state)
{
	struct source_files files = { 0 };
	struct err err = { "" };
	(void)state;
	int fd = open(tree_root(), O_RDONLY | O_DIRECTORY);
	/* Long names, so that the path is longer than PATH_MAX. */
	char name[101];
	memset(name, 'd', 100);
	name[100] = '\0';
	for (int i = 0; i < 300; i++) {
		int file = openat(fd, "a.ts", O_CREAT | O_WRONLY, 0644);
		assert_int_equal(write(file, "x", 1), 1);
		close(file);
		assert_int_equal(mkdirat(fd, name, 0755), 0);
		int below = openat(fd, name, O_RDONLY | O_DIRECTORY);
		close(fd);
		fd = below;
	}
	close(fd);
	struct source *s = disk_source_open(tree_root(), NULL, 0, &err);
	assert_true(source_list(s, &files, &err));
	/* The files in the root and 256 folders, and the folder that is too deep. */
	assert_int_equal(files.list.count, SOURCE_MOST_DEPTH + 2);
	assert_int_equal(files.list.items[SOURCE_MOST_DEPTH + 1].skip, SKIP_DEPTH);
	const struct source_file *last = &files.list.items[SOURCE_MOST_DEPTH];
	struct buf bytes = { 0 };
	assert_true(last->path.len > 4096);
	assert_int_equal(source_read(s, last, &bytes), SKIP_NONE);
	assert_int_equal(bytes.len, 1);
	buf_release(&bytes);
	source_files_release(&files);
	source_close(s);
}

static void overlay_over_disk(void **state)
{
	struct err err = { "" };
	struct buf bytes = { 0 };
	(void)state;
	tree_write("a.ts", "disk a");
	tree_write("b.ts", "disk b");
	struct source *s = overlay_source_open(disk_source_open(tree_root(), NULL, 0, &err));
	overlay_source_put(s, STR("b.ts"), STR("edited b"));
	overlay_source_put(s, STR("c/new.go"), STR("package c"));
	assert_lists(s, "a.ts\nb.ts\nc/new.go\n");
	assert_content(s, "a.ts", "disk a");
	assert_content(s, "b.ts", "edited b");
	overlay_source_put(s, STR("b.ts"), STR("again"));
	assert_content(s, "b.ts", "again");
	overlay_source_remove(s, STR("a.ts"));
	assert_lists(s, "b.ts\nc/new.go\n");
	struct source_file gone = { .path = STR("a.ts") };
	assert_int_equal(source_read(s, &gone, &bytes), SKIP_CHANGED);
	overlay_source_drop(s, STR("a.ts"));
	overlay_source_drop(s, STR("b.ts"));
	overlay_source_drop(s, STR("c/new.go"));
	assert_lists(s, "a.ts\nb.ts\n");
	assert_content(s, "b.ts", "disk b");
	buf_release(&bytes);
	source_close(s);
}

static void overlay_over_nothing(void **state)
{
	struct buf bytes = { 0 };
	(void)state;
	struct source *s = overlay_source_open(NULL);
	assert_lists(s, "");
	overlay_source_put(s, STR("b.py"), STR(""));
	overlay_source_put(s, STR("a.py"), STR("x = 1"));
	overlay_source_put(s, STR("notes.txt"), STR("x"));
	overlay_source_put(s, STR("run"), STR("#!/usr/bin/env python\n"));
	overlay_source_put(s, STR("node_modules/a.js"), STR("x"));
	assert_lists(s, "a.py\nb.py\nrun\n");
	assert_content(s, "a.py", "x = 1");
	assert_content(s, "b.py", "");
	struct source_file unknown = { .path = STR("c.py") };
	assert_int_equal(source_read(s, &unknown, &bytes), SKIP_CHANGED);
	overlay_source_put(s, STR("a.py"), (struct str){ "x\0y", 3 });
	struct source_file binary = { .path = STR("a.py") };
	assert_int_equal(source_read(s, &binary, &bytes), SKIP_BINARY);
	buf_release(&bytes);
	source_close(s);
}

int main(void)
{
	/* The user's own ignore file must not matter. */
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	const struct CMUnitTest tests[] = {
		TREE_TEST(lists_what_it_reads),
		TREE_TEST(wrong_paths),
		TREE_TEST(special_files_and_links),
		TREE_TEST(unreadable),
		TREE_TEST(sizes_and_encodings),
		TREE_TEST(deep_folders),
		TREE_TEST(overlay_over_disk),
		cmocka_unit_test(overlay_over_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
