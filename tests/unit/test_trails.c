/* How functions of a project come to block or to compute: each step of the way, and what no way leads through. */
#include "pieces.h"

#include "base/buf.h"

struct row {
	const char *files; /* the call in question stands in the first, in a function `start` */
	const char *trail; /* "path:line name" of each step, with " > " between them */
};

/* clang-format off */
static const struct row blocking[] = {
	/* one call away, in another file, three away; the shortest of two ways, whatever comes first */
	{ "a.py\nimport time\ndef rest():\n    time.sleep(1)\nasync def start():\n    rest()\n", "a.py:3 time.sleep" },
	{ "a.py\nimport b\nasync def start():\n    b.load()\n--\nb.py\nimport requests\ndef load():\n    return requests.get('x')\n",
		"b.py:3 requests.get" },
	{ "a.py\nimport time\ndef c():\n    time.sleep(1)\ndef b():\n    c()\ndef a():\n    b()\nasync def start():\n    a()\n",
		"a.py:7 b > a.py:5 c > a.py:3 time.sleep" },
	{ "a.py\nimport time\ndef c():\n    time.sleep(1)\ndef b():\n    c()\ndef a():\n    b()\n    time.sleep(2)\nasync def start():\n    a()\n",
		"a.py:8 time.sleep" },
	{ "src/lib.rs\nmod b;\nasync fn start() { b::load(); }\n--\nsrc/b.rs\npub fn load() { std::thread::sleep(second()); }\n--\n"
	  "Cargo.toml\n[package]\nname = \"a\"\nedition = \"2021\"\n", "src/b.rs:1 std::thread::sleep" },
	/* circles end */
	{ "a.py\nimport time\ndef a():\n    b()\ndef b():\n    a()\n    time.sleep(1)\nasync def start():\n    a()\n",
		"a.py:3 b > a.py:6 time.sleep" },
	{ "a.py\ndef a():\n    b()\ndef b():\n    a()\nasync def start():\n    a()\n", "" },
	/* what the call does itself is no way; nor is what runs later, or elsewhere */
	{ "a.py\nimport time\nasync def start():\n    time.sleep(1)\n", "" },
	{ "a.py\nimport time\nasync def rest():\n    time.sleep(1)\nasync def start():\n    rest()\n", "" },
	{ "a.py\nimport time\ndef rest():\n    yield 1\n    time.sleep(1)\nasync def start():\n    rest()\n", "" },
	{ "a.py\nimport time\ndef rest():\n    return lambda: time.sleep(1)\nasync def start():\n    rest()\n", "" },
	{ "a.py\nimport time\ndef rest():\n    def inner():\n        time.sleep(1)\n    return inner\nasync def start():\n    rest()\n", "" },
	{ "src/lib.rs\nasync fn start() { load(); }\nfn load() { spawn(async { std::thread::sleep(second()) }); }\n--\n"
	  "Cargo.toml\n[package]\nname = \"a\"\nedition = \"2021\"\n", "" },
	/* a decorator may take it elsewhere; those of the language do not */
	{ "a.py\nimport time\nfrom tasks import in_thread\n@in_thread\ndef rest():\n    time.sleep(1)\nasync def start():\n    rest()\n", "" },
	{ "a.py\nimport time\nclass A:\n    @staticmethod\n    def rest():\n        time.sleep(1)\nasync def start():\n    A.rest()\n",
		"a.py:5 time.sleep" },
	/* brief ones count where they are named alone; names that lead nowhere say nothing */
	{ "a.py\ndef ask():\n    return input()\nasync def start():\n    ask()\n", "" },
	{ "a.py\nasync def start():\n    unknown()\n", "" },
	/* code for tests calls nothing */
	{ "a.py\nfrom tests.b import rest\nasync def start():\n    rest()\n--\ntests/b.py\nimport time\ndef rest():\n    time.sleep(1)\n", "" },
};

static const struct row computing[] = {
	{ "a.py\nimport bcrypt\ndef seal(p):\n    return bcrypt.hashpw(p, bcrypt.gensalt())\nasync def start():\n    seal('x')\n",
		"a.py:3 bcrypt.hashpw" },
	/* the two are kept apart */
	{ "a.py\nimport time\ndef rest():\n    time.sleep(1)\nasync def start():\n    rest()\n", "" },
};
/* clang-format on */

/* The last call in `start`. */
static node_id call_in_question(const struct facts *f)
{
	node_id call = 0;
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL && str_is(node_name(f, node_function(f, n)), "start"))
			call = n;
	assert_int_not_equal(call, 0);
	return call;
}

static void print_trail(struct buf *out, const struct model *m, file_id file, enum role role)
{
	struct trail trail;
	uint32_t count = model_trail_of(m, file, call_in_question(&model_file(m, file)->facts), role, &trail);
	for (uint32_t i = 0; i < count; i++) {
		const struct model_file *at = model_file(m, trail.steps[i].file);
		const struct node *call = facts_node(&at->facts, trail.steps[i].call);
		buf_printf(out, "%s%.*s:%u %.*s", i ? " > " : "", STR_ARG(at->path),
			facts_line(&at->facts, call->start), STR_ARG(facts_str(&at->facts, call->name)));
	}
}

static void check_rows(const struct row *rows, size_t count, enum role role)
{
	for (size_t i = 0; i < count; i++) {
		struct project p;
		struct buf trail = { 0 };
		project_open(&p, rows[i].files);
		const struct model *m = p.result.model;
		print_trail(&trail, m, model_find_file(m, first_path(rows[i].files)), role);
		if (!str_is(buf_str(&trail), rows[i].trail))
			fail_msg("%s\n%s\nis not: %s", rows[i].files, buf_cstr(&trail), rows[i].trail);
		buf_release(&trail);
		project_close(&p);
	}
}

static void test_ways_to_what_blocks(void **state)
{
	(void)state;
	check_rows(blocking, sizeof(blocking) / sizeof(*blocking), ROLE_BLOCKING_IO);
}

static void test_ways_to_what_computes(void **state)
{
	(void)state;
	check_rows(computing, sizeof(computing) / sizeof(*computing), ROLE_CPU_BOUND);
}

/* A way of TRAIL_MOST steps is told; one that is longer is too far. */
static void test_long_ways(void **state)
{
	(void)state;
	for (uint32_t extra = 0; extra < 2; extra++) {
		struct project p;
		struct buf files = { 0 };
		buf_printf(&files, "a.py\nimport time\ndef f0():\n    time.sleep(1)\n");
		uint32_t last = TRAIL_MOST - 1 + extra;
		for (uint32_t i = 1; i <= last; i++)
			buf_printf(&files, "def f%u():\n    f%u()\n", i, i - 1);
		buf_printf(&files, "async def start():\n    f%u()\n", last);
		project_open(&p, buf_cstr(&files));
		const struct model *m = p.result.model;
		file_id file = model_find_file(m, STR("a.py"));
		struct trail trail;
		node_id call = call_in_question(&model_file(m, file)->facts);
		assert_int_equal(
			model_trail_of(m, file, call, ROLE_BLOCKING_IO, &trail), extra ? 0 : (uint32_t)TRAIL_MOST);
		buf_release(&files);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ways_to_what_blocks),
		cmocka_unit_test(test_ways_to_what_computes), cmocka_unit_test(test_long_ways) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
