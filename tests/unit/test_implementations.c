/* Which types satisfy an interface of Go, and what a call through one reaches. */
#include "pieces.h"

#define MODULE "--\ngo.mod\nmodule acme.io/shop\n"

/* The first interface of the first file. */
static const struct {
	const char *files, *types;
} rows[] = {
	{ "a.go\npackage a\ntype R interface { Find(id string) (*User, error) }\ntype User struct{}\ntype PG struct{}\nfunc (p *PG) "
	  "Find(key string) (*User, error) { return nil, nil }\n",
		"PG" },
	/* by value; a named function; another number, another type, another pointer */
	{ "a.go\npackage a\ntype R interface { Do() }\ntype V struct{}\nfunc (V) Do() {}\ntype F func()\nfunc (f F) Do() {}\n",
		"V F" },
	{ "a.go\npackage a\ntype R interface { Do(a, b int) }\ntype V struct{}\nfunc (V) Do(a int) {}\n", "" },
	{ "a.go\npackage a\ntype R interface { Do(a int) }\ntype V struct{}\nfunc (V) Do(a string) {}\n", "" },
	{ "a.go\npackage a\ntype R interface { Do(a *U) }\ntype U struct{}\ntype V struct{}\nfunc (V) Do(a U) {}\n",
		"" },
	{ "a.go\npackage a\ntype R interface { Do(a ...int) }\ntype V struct{}\nfunc (V) Do(a int) {}\n", "" },
	{ "a.go\npackage a\ntype R interface { Do() error }\ntype V struct{}\nfunc (V) Do() (err error) { return }\n",
		"V" },
	{ "a.go\npackage a\ntype R interface { Do(map[string][]int, func(x int) any) }\ntype V struct{}\nfunc (V) Do(m map[string][]int, f "
	  "func(int) interface{}) {}\n",
		"V" },
	{ "a.go\npackage a\ntype R interface { Do(map[string][]int) }\ntype V struct{}\nfunc (V) Do(m map[string][]bool) {}\n",
		"" },
	/* all of its methods, those of what it embeds too */
	{ "a.go\npackage a\ntype R interface { Reads; Save() }\ntype Reads interface { Find() }\ntype Half struct{}\nfunc (Half) "
	  "Find() {}\ntype Whole struct{}\nfunc (Whole) Find() {}\nfunc (Whole) Save() {}\n",
		"Whole" },
	{ "a.go\npackage a\nimport \"io\"\ntype R interface { io.Closer; Find() }\ntype V struct{}\nfunc (V) Find() {}\ntype W "
	  "struct{}\nfunc (W) Find() {}\nfunc (W) Close() error { return nil }\n",
		"W" },
	{ "a.go\npackage a\nimport \"x.io/y\"\ntype R interface { y.Unknown; Find() }\ntype V struct{}\nfunc (V) Find() {}\n",
		"" },
	/* promoted methods, through structs and through the interface itself */
	{ "a.go\npackage a\ntype R interface { Find(); Save() }\ntype Base struct{}\nfunc (b *Base) Find() {}\ntype V struct { *Base "
	  "}\nfunc (v *V) Save() {}\n",
		"V" },
	{ "a.go\npackage a\ntype R interface { Find(); Save() }\ntype Cached struct { R }\nfunc (c Cached) Find() {}\n",
		"Cached" },
	{ "a.go\npackage a\ntype R interface { Find(); Save() }\ntype A struct{}\nfunc (A) Find() {}\ntype B struct{}\nfunc (B) Save() "
	  "{}\ntype V struct { A; B }\n",
		"V" },
	/* constraints and empty interfaces have none */
	{ "a.go\npackage a\ntype R interface { ~int | ~string }\n", "" },
	{ "a.go\npackage a\ntype R interface { comparable; Do() }\ntype V struct{}\nfunc (V) Do() {}\n", "" },
	{ "a.go\npackage a\ntype R interface {}\ntype V struct{}\nfunc (V) Do() {}\n", "" },
	/* in another package: the same type is spelled in another way, a private method is another one */
	{ "app/a.go\npackage app\nimport \"acme.io/shop/domain\"\ntype R interface { Find(id domain.ID) }\n--\ndomain/d.go\npackage "
	  "domain\ntype ID string\n--\npg/p.go\npackage pg\nimport d \"acme.io/shop/domain\"\ntype PG struct{}\nfunc (PG) Find(id d.ID) "
	  "{}\n" MODULE,
		"PG" },
	{ "app/a.go\npackage app\ntype ID string\ntype R interface { Find(id ID) }\n--\npg/p.go\npackage pg\ntype ID string\ntype PG "
	  "struct{}\nfunc (PG) Find(id ID) {}\n" MODULE,
		"" },
	{ "app/a.go\npackage app\ntype R interface { find() }\n--\npg/p.go\npackage pg\ntype PG struct{}\nfunc (PG) find() {}\n" MODULE,
		"" },
	{ "app/a.go\npackage app\nimport \"acme.io/shop/domain\"\ntype R interface { Find(id domain.Alias) }\n--\ndomain/d.go\npackage "
	  "domain\ntype ID struct{}\ntype Alias = ID\n--\npg/p.go\npackage pg\nimport \"acme.io/shop/domain\"\ntype PG struct{}\nfunc "
	  "(PG) Find(id domain.ID) {}\n" MODULE,
		"PG" },
	/* a generic interface is satisfied with any type in its parameter's place */
	{ "a.go\npackage a\ntype R[T any] interface { Find(v T) error }\ntype V struct{}\nfunc (V) Find(v *U) error { return nil }\ntype U "
	  "struct{}\n",
		"V" },
	/* doubles do not count */
	{ "a.go\npackage a\ntype R interface { Do() }\n--\nmock_r.go\npackage a\ntype MockR struct{}\nfunc (MockR) Do() {}\n",
		"" },
};

static node_id first_interface(const struct facts *f)
{
	node_id n = 1;
	while (node_kind(f, n) != NODE_INTERFACE)
		n++;
	return n;
}

static void test_satisfy(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		struct buf types = { 0 };
		project_open(&p, rows[i].files);
		const struct model *m = p.result.model;
		file_id file = model_find_file(m, first_path(rows[i].files));
		uint32_t count;
		const struct implementation *found = model_implementations(
			m, file, first_interface(&model_file(m, file)->facts), &count);
		for (uint32_t k = 0; k < count; k++) {
			struct str name = node_name(&model_file(m, found[k].file)->facts, found[k].node);
			buf_printf(&types, "%s%.*s", k ? " " : "", STR_ARG(name));
		}
		if (!str_is(buf_str(&types), rows[i].types))
			print_message("row %zu: %s\n", i, rows[i].files);
		assert_string_equal(types.len ? buf_cstr(&types) : "", rows[i].types);
		buf_release(&types);
		project_close(&p);
	}
}

/* A handler calls through the interface that its field has; `main` starts nothing of it. */
#define CONTROLLER                                                                                                  \
	"a.go\npackage main\nimport \"net/http\"\ntype Store interface { Save() }\ntype Controller struct { store " \
	"Store }\nfunc (c *Controller) Create(w http.ResponseWriter, r *http.Request) { c.store.Save() }\n"         \
	"type PG struct{}\nfunc (p *PG) Save() { p.write() }\nfunc (p *PG) write() {}\n"

static uint32_t reach_of(const struct model *m, const char *name)
{
	const struct facts *f = &model_file(m, 0)->facts;
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_FUNCTION && str_is(node_name(f, n), name) &&
			node_child(f, n, PART_RECEIVER))
			return model_reach(m, 0, n);
	return 0;
}

static void test_reach(void **state)
{
	(void)state;
	struct project p;
	project_open(&p, CONTROLLER);
	assert_int_equal(reach_of(p.result.model, "Save"), REACH_REQUEST);
	assert_int_equal(reach_of(p.result.model, "write"), REACH_REQUEST);
	project_close(&p);
}

/* Nine types behind an interface are more than anybody means. */
static void test_many(void **state)
{
	(void)state;
	struct project p;
	struct buf text = { 0 };
	buf_add_text(&text, CONTROLLER);
	for (int i = 0; i < 8; i++)
		buf_printf(&text, "type T%d struct{}\nfunc (t T%d) Save() {}\n", i, i);
	project_open(&p, buf_cstr(&text));
	uint32_t count;
	const struct facts *f = &model_file(p.result.model, 0)->facts;
	model_implementations(p.result.model, 0, first_interface(f), &count);
	assert_int_equal(count, 9);
	assert_int_equal(reach_of(p.result.model, "write"), 0);
	buf_release(&text);
	project_close(&p);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_satisfy), cmocka_unit_test(test_reach),
		cmocka_unit_test(test_many) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
