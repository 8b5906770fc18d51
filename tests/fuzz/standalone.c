/*
 * Runs a fuzz target without libFuzzer:
 *
 *     fuzz_x [--mutations N] [--small N] [--goldens DIR] [--write DIR] [FILE or DIR]…
 *
 * Files and folders are replayed as they are. The target's seeds from the goldens are run whole, with every
 * byte flipped and at every length when they have at most `--small` bytes, and with N random mutations each
 * (the generator is fixed, so every run is the same). --write puts the seeds into a folder, for a run with
 * libFuzzer.
 */
#include "fuzz.h"

#include "golden/markdown.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static unsigned mutations = 50, small = 600;
static const char *write_to;
static unsigned seeds, runs;

static uint64_t next_random(void)
{
	/* xorshift64*, Vigna 2016 */
	static uint64_t state = 0x9e3779b97f4a7c15u;
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545f4914f6cdd1du;
}

static uint32_t random_below(uint32_t limit)
{
	return (uint32_t)(next_random() % limit);
}

/* A copy of its own size: a read behind its end shows in a sanitizer's report. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	if (!copy)
		abort();
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
	runs++;
}

static void run_all_small_changes(uint8_t *data, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		uint8_t old = data[i];
		data[i] = (uint8_t)(old ^ (1u << (i % 8)));
		run(data, size);
		data[i] = (uint8_t)~old;
		run(data, size);
		data[i] = old;
		run(data, i);
	}
}

/* Cuts a stretch out, doubles one, or overwrites a few bytes with telling values. */
static size_t mutate(uint8_t *data, size_t size)
{
	static const uint8_t telling[] = { 0x00, 0x01, 0x7f, 0x80, 0xff, '"', '\'', '`', '{', '(', '[', '\n', '\\',
		'#' };
	uint32_t at = random_below((uint32_t)size), length = 1 + random_below(16);
	if (at + length > size)
		length = (uint32_t)size - at;
	switch (random_below(4)) {
	case 0:
		memmove(data + at, data + at + length, size - at - length);
		return size - length;
	case 1:
		memmove(data + at + length, data + at, size - at); /* the buffer has room for twice the size */
		return size + length;
	case 2:
		memset(data + at, telling[random_below(sizeof(telling))], length);
		return size;
	default:
		data[at] = telling[random_below(sizeof(telling))];
		return size;
	}
}

static void write_seed(const uint8_t *data, size_t size)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/golden-%04u", write_to, seeds);
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
		fprintf(stderr, "%s: cannot be written\n", path);
		exit(1);
	}
}

static void run_seed(const uint8_t *data, size_t size)
{
	enum { ROUNDS = 4 };
	seeds++;
	if (write_to)
		write_seed(data, size);
	run(data, size);
	if (!size || write_to)
		return;
	uint8_t *copy = malloc(size * 2 + ROUNDS * 16);
	if (!copy)
		abort();
	memcpy(copy, data, size);
	if (size <= small)
		run_all_small_changes(copy, size);
	for (unsigned i = 0; i < mutations; i++) {
		memcpy(copy, data, size);
		size_t now = size;
		for (unsigned round = 0; round <= i % ROUNDS && now; round++)
			now = mutate(copy, now);
		run(copy, now);
	}
	free(copy);
}

static void replay(const char *path);

static void replay_folder(const char *path, DIR *folder)
{
	const struct dirent *entry;
	while ((entry = readdir(folder))) {
		char inside[4096];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(inside, sizeof(inside), "%s/%s", path, entry->d_name);
		replay(inside);
	}
	closedir(folder);
}

static void replay(const char *path)
{
	DIR *folder = opendir(path);
	if (folder) {
		replay_folder(path, folder);
		return;
	}
	struct buf bytes = { 0 };
	if (!markdown_read_file(path, &bytes)) {
		fprintf(stderr, "%s: cannot be read\n", path);
		exit(1);
	}
	run((const uint8_t *)(bytes.ptr ? bytes.ptr : ""), bytes.len);
	buf_release(&bytes);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		bool has_value = i + 1 < argc;
		if (has_value && strcmp(argv[i], "--mutations") == 0)
			mutations = (unsigned)strtoul(argv[++i], NULL, 10);
		else if (has_value && strcmp(argv[i], "--small") == 0)
			small = (unsigned)strtoul(argv[++i], NULL, 10);
		else if (has_value && strcmp(argv[i], "--write") == 0)
			write_to = argv[++i];
		else if (has_value && strcmp(argv[i], "--goldens") == 0)
			fuzz_seeds(argv[++i], run_seed);
		else
			replay(argv[i]);
	}
	printf("%u seeds, %u runs\n", seeds, runs);
	return 0;
}
