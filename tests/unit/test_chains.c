/* Which components reach which requests: through functions by name, in constants, in what a factory makes, in closures. */
#include "pieces.h"

#include "base/buf.h"
#include "bylaw/wire.h"

static const char manifest[] = "package.json\n{ \"dependencies\": { \"react\": \"18\" } }\n--\n";
static const char page[] = "Page.tsx\n"
			   "import { getUser } from \"./client\";\n"
			   "export function Page({ id }) {\n"
			   "\tconst load = () => getUser(id);\n"
			   "\treturn <button onClick={load}>load</button>;\n"
			   "}\n--\nclient.ts\n";

static const char *const clients[] = {
	"export function getUser(id) { return fetch(`/users/${id}`); }\n",
	"export const getUser = (id) => fetch(`/users/${id}`);\n",
	"const read = async (id) => { return await fetch(`/users/${id}`); };\nexport const getUser = (id) => read(id);\n",
	"const options = (id) => { const run = () => fetch(`/users/${id}`); return { run }; };\n"
	"export function getUser(id) { return options(id).run(); }\n",
	"const make = (base) => ({ get: (id) => fetch(`/users/${id}`) });\nconst client = make(\"\");\n"
	"export const getUser = (id) => client.get(id);\n",
	"class Users { get = (id) => fetch(`/users/${id}`); }\nconst users = new Users();\n"
	"export const getUser = (id) => users.get(id);\n",
};

/* "component -> client", a line each. */
static void print_links(struct buf *out, const struct wire *w)
{
	for (uint32_t i = 0; i < wire_link_count(w); i++) {
		const struct chain_link *link = wire_link(w, i);
		if (wire_part(w, link->from)->column == COLUMN_COMPONENT &&
			wire_part(w, link->to)->column == COLUMN_CLIENT)
			buf_printf(out, "%.*s -> %.*s\n", STR_ARG(wire_part_name(w, link->from)),
				STR_ARG(wire_request(w, wire_part(w, link->to)->index)->path));
	}
}

static void test_components_reach_requests(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(clients) / sizeof(*clients); i++) {
		struct project p;
		struct buf files = { 0 }, links = { 0 };
		buf_printf(&files, "%s%s%s", manifest, page, clients[i]);
		project_open(&p, buf_cstr(&files));
		print_links(&links, p.result.wire);
		if (!str_is(buf_str(&links), "Page -> /users/{id}\n"))
			fail_msg("%s\nreaches: %s", clients[i], buf_cstr(&links));
		project_close(&p);
		buf_release(&files);
		buf_release(&links);
	}
}

/* What an event of a single-file component's markup calls, or is handed. */
static void test_markup_reaches_requests(void **state)
{
	static const char *const handlers[] = { "<b @click=\"getUser\"/>",
		"<b v-on:click.once=\"open = 1; getUser(id)\"/>", "<b onclick={getUser}/>",
		"<Row on:open={() => getUser(id)}/>" };
	(void)state;
	for (size_t i = 0; i < sizeof(handlers) / sizeof(*handlers); i++) {
		struct project p;
		struct buf files = { 0 }, links = { 0 };
		buf_printf(&files,
			"%sPage.%s\n<script>import { getUser } from \"./client\";</script>\n%s\n--\nclient.ts\n%s",
			manifest, i < 2 ? "vue" : "svelte", handlers[i], clients[0]);
		project_open(&p, buf_cstr(&files));
		print_links(&links, p.result.wire);
		if (!str_ends(buf_str(&links), STR(" -> /users/{id}\n")))
			fail_msg("%s\nreaches: %s", handlers[i], buf_cstr(&links));
		project_close(&p);
		buf_release(&files);
		buf_release(&links);
	}
}

/* A class that a decorator makes a component, by what any of its methods does; another class is none. */
static void test_component_classes(void **state)
{
	static const char files[] =
		"package.json\n{ \"dependencies\": { \"@angular/core\": \"20\" } }\n--\n"
		"page.component.ts\n"
		"import { Component } from \"@angular/core\";\n"
		"import { Users } from \"./users.service\";\n"
		"@Component({ selector: \"page\", template: \"<button (click)='load()'>load</button>\" })\n"
		"export class Page {\n"
		"\tconstructor(private users: Users) {}\n"
		"\tload() { return this.users.get(this.id); }\n"
		"}\n--\nusers.service.ts\n"
		"import { Injectable } from \"@angular/core\";\n"
		"@Injectable()\n"
		"export class Users { get(id) { return fetch(`/users/${id}`); } }\n";
	struct project p;
	struct buf links = { 0 };
	(void)state;
	project_open(&p, files);
	print_links(&links, p.result.wire);
	assert_string_equal(buf_cstr(&links), "Page -> /users/{id}\n");
	project_close(&p);
	buf_release(&links);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_components_reach_requests),
		cmocka_unit_test(test_component_classes), cmocka_unit_test(test_markup_reaches_requests) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
