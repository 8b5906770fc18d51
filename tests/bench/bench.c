/*
 * bench BARE_PARSE BYLAW ROOT [ROUNDS]: runs both in turn on the same folder and prints ratios. Absolute times on a
 * shared machine say little; the median of paired ratios does. Nothing here passes or fails.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ROUNDS = 51 };

struct sample {
	double wall, cpu;
	long peak_kib;
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Runs a program to its end; its output goes to `output` ("/dev/null", or a file to be read afterwards). */
static struct sample run(char *const argv[], const char *output, const char *errors)
{
	struct rusage usage;
	double start = now();
	pid_t pid = fork();
	if (pid == 0) {
		dup2(open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
		dup2(open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
		execv(argv[0], argv);
		_exit(127);
	}
	int status = 0;
	wait4(pid, &status, 0, &usage);
	if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
		fprintf(stderr, "bench: %s ended with status %d\n", argv[0], status);
	return (struct sample){ now() - start, seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss };
}

static int ascending(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), ascending);
	return values[count / 2];
}

static void compare(const char *title, char *const bare[], char *const bylaw[], int rounds)
{
	double wall[MOST_ROUNDS], cpu[MOST_ROUNDS], least_bare = 1e9, least_bylaw = 1e9, least_wall = 1e9;
	long bare_peak = 0, bylaw_peak = 0;
	for (int i = 0; i < rounds; i++) {
		struct sample floor = run(bare, "/dev/null", "/dev/null"), ours = run(bylaw, "/dev/null", "/dev/null");
		wall[i] = ours.wall / floor.wall;
		cpu[i] = ours.cpu / floor.cpu;
		least_bare = floor.cpu < least_bare ? floor.cpu : least_bare;
		least_bylaw = ours.cpu < least_bylaw ? ours.cpu : least_bylaw;
		least_wall = ours.wall < least_wall ? ours.wall : least_wall;
		bare_peak = floor.peak_kib > bare_peak ? floor.peak_kib : bare_peak;
		bylaw_peak = ours.peak_kib > bylaw_peak ? ours.peak_kib : bylaw_peak;
	}
	printf("%s\n  cpu ratio %.2f (%.2f s over %.2f s), wall ratio %.2f, %d rounds\n"
	       "  peak memory %.1f MiB, bare parse %.1f MiB; least wall %.2f s\n",
		title, median(cpu, rounds), least_bylaw, least_bare, median(wall, rounds), rounds,
		(double)bylaw_peak / 1024, (double)bare_peak / 1024, least_wall);
}

static void print_file(const char *path)
{
	char line[512];
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		printf("  %s", line);
	if (file)
		fclose(file);
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fputs("bench BARE_PARSE BYLAW ROOT [ROUNDS]\n", stderr);
		return 2;
	}
	int rounds = argc > 4 ? atoi(argv[4]) : 5;
	rounds = rounds < 1 ? 1 : rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
	char threads[16], jobs[20], stats[] = "/tmp/bylaw-bench-XXXXXX";
	char one[] = "1", check[] = "check", one_job[] = "-j1", output[] = "-o", concise[] = "concise",
	     costs[] = "--stats";
	snprintf(threads, sizeof(threads), "%ld", sysconf(_SC_NPROCESSORS_ONLN));
	snprintf(jobs, sizeof(jobs), "-j%s", threads);
	char *bare_one[] = { argv[1], argv[3], one, NULL }, *bare_all[] = { argv[1], argv[3], threads, NULL };
	char *bylaw_one[] = { argv[2], check, one_job, output, concise, argv[3], NULL };
	char *bylaw_all[] = { argv[2], check, jobs, output, concise, argv[3], NULL };
	char *bylaw_stats[] = { argv[2], check, one_job, costs, output, concise, argv[3], NULL };

	int fd = mkstemp(stats);
	struct sample once = run(bare_one, stats, "/dev/null");
	print_file(stats);
	printf("  bare parse, one thread: %.2f s\n", once.cpu);
	compare("one thread", bare_one, bylaw_one, rounds);
	compare("all threads", bare_all, bylaw_all, rounds);
	printf("where bylaw's time goes (one thread; rules one by one)\n");
	run(bylaw_stats, "/dev/null", stats);
	print_file(stats);
	close(fd);
	unlink(stats);
	return 0;
}
