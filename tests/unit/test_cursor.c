/* The cursor beside the runtime's own: the same nodes in the same fields, on whole and on broken sources. */
#include "parse/cursor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

const TSLanguage *tree_sitter_go(void);
const TSLanguage *tree_sitter_python(void);
const TSLanguage *tree_sitter_rust(void);
const TSLanguage *tree_sitter_tsx(void);
const TSLanguage *tree_sitter_proto(void);

static const struct sample {
	const TSLanguage *(*language)(void);
	const char *text;
} samples[] = {
	{ tree_sitter_tsx, "import a, { b as c } from 'd';\n"
			   "/* x */ export default class E<T> extends F.G implements H {\n"
			   "  @i() private async j?(k: string = `l${m}`, ...n): Promise<T> { return await o?.p![q]; }\n"
			   "}\n"
			   "for (const { r, s: t = 1 } of u) v = <W x={y} {...z}>a {b} // c\n</W>;\n" },
	{ tree_sitter_go,
		"package a\nimport (\n\tb \"c\" // d\n)\nfunc (e *F[G]) h(i, j int, k ...string) (l T, err error) {\n"
		"\tgo func() { <-m }()\n\tif n := o.p(q...); n != nil { return }\n"
		"\tselect { case r <- 1: default: }\n}\n" },
	{ tree_sitter_python, "from a.b import (c as d, e) # f\n@g(h=1)\nasync def i(j: int = 2, *k, **l) -> m:\n"
			      "    with n as o, p:\n        return [q async for q in r if not s]\n"
			      "class T(U, v=w):\n    x: y = f\"{z!r:>{a}} b\"\n" },
	{ tree_sitter_rust,
		"use a::{b as c, d::*};\n#[e(f = \"g\")]\npub(crate) fn h<'i, T: J + 'i>(k: &mut T) -> L<T> where T: M {\n"
		"    let n = o!(p, q => r)?; // s\n    match t { Some(u) if v => w.await, _ => x::<Y>(|z| z) }\n}\n" },
	{ tree_sitter_proto,
		"syntax = \"proto3\";\npackage a.b;\n// c\nmessage D { repeated E f = 1 [deprecated = true]; "
		"oneof g { string h = 2; } map<string, I> j = 3; reserved 4 to 6, \"k\"; }\n"
		"service L { rpc M(stream N) returns (O) { option (p) = { q: 1 }; } }\n" },
};

static void assert_same_place(const struct cursor *ours, const TSTreeCursor *theirs)
{
	TSNode node = ts_tree_cursor_current_node(theirs);
	assert_true(ts_node_eq(ours->node, node));
	assert_int_equal(ts_node_start_byte(ours->node), ts_node_start_byte(node));
	assert_int_equal(ts_node_end_byte(ours->node), ts_node_end_byte(node));
	assert_int_equal(ts_node_symbol(ours->node), ts_node_symbol(node));
	assert_int_equal(ours->field, ts_tree_cursor_current_field_id(theirs));
}

/* Every node of the tree in both orders of asking: below first, then beside, then up. Returns how many there are. */
static unsigned compare(struct cursor_levels *levels, TSNode root)
{
	struct cursor ours = cursor_at(levels, root);
	TSTreeCursor theirs = ts_tree_cursor_new(root);
	unsigned nodes = 0;
	for (bool more = true; more;) {
		assert_same_place(&ours, &theirs);
		nodes++;
		more = cursor_down(&ours);
		assert_int_equal(more, ts_tree_cursor_goto_first_child(&theirs));
		while (!more) {
			more = cursor_next(&ours);
			assert_int_equal(more, ts_tree_cursor_goto_next_sibling(&theirs));
			if (more)
				break;
			bool up = cursor_up(&ours);
			assert_int_equal(up, ts_tree_cursor_goto_parent(&theirs));
			if (!up)
				break;
		}
	}
	cursor_end(&ours);
	assert_int_equal(levels->list.count, 0);
	ts_tree_cursor_delete(&theirs);
	return nodes;
}

static void test_same_nodes_as_the_runtimes_cursor(void **state)
{
	(void)state;
	struct cursor_levels levels = { { 0 } };
	TSParser *parser = ts_parser_new();
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		uint32_t length = (uint32_t)strlen(samples[i].text);
		assert_true(ts_parser_set_language(parser, samples[i].language()));
		for (uint32_t end = length; end > 0; end -= end > 3 ? 3 : end) {
			TSTree *tree = ts_parser_parse_string(parser, NULL, samples[i].text, end);
			unsigned nodes = compare(&levels, ts_tree_root_node(tree));
			assert_true(end < length || nodes > 60);
			ts_tree_delete(tree);
		}
	}
	ts_parser_delete(parser);
	vec_release(&levels.list);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_same_nodes_as_the_runtimes_cursor) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
