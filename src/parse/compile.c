#include "parse/compile.h"

#include "base/map.h"

static const char *const field_names[FIELD_COUNT] = {
#define X(id, name) [FIELD_##id] = name,
	FIELDS(X)
#undef X
};

/* Names to symbols. A name may belong to several ids (aliases), and to a token and a node at once. */
struct symbols {
	const TSLanguage *language;
	struct str_map rows[2]; /* [0] anonymous, [1] named: name → what the caller keeps for it, + 1 */
};

static TSFieldId field_id(const TSLanguage *language, const char *name, struct err *err)
{
	TSFieldId id = ts_language_field_id_for_name(language, name, (uint32_t)strlen(name));
	if (!id)
		err_set(err, "the grammar has no field \"%s\"", name);
	return id;
}

static void index_rows(struct symbols *s, const struct grammar *g)
{
	for (uint32_t i = 0; g->syntax[i].type; i++)
		*str_map_put(&s->rows[g->syntax[i].action != TOKEN], str_from(g->syntax[i].type), 0, NULL) = i + 1;
}

/* Every symbol of the language takes the row of its name; rows that no symbol took are errors. */
static void assign_rows(struct compiled_grammar *c, const struct grammar *g, struct arena *a, struct err *err)
{
	struct symbols s = { .language = c->language };
	index_rows(&s, g);
	uint32_t row_count = 0;
	while (g->syntax[row_count].type)
		row_count++;
	bool *taken = arena_array(a, bool, row_count);
	for (uint32_t symbol = 0; symbol < c->symbol_count; symbol++) {
		TSSymbolType type = ts_language_symbol_type(c->language, (TSSymbol)symbol);
		if (type != TSSymbolTypeRegular && type != TSSymbolTypeAnonymous)
			continue;
		struct str name = str_from(ts_language_symbol_name(c->language, (TSSymbol)symbol));
		const uint32_t *row = str_map_get(&s.rows[type == TSSymbolTypeRegular], name);
		if (!row)
			continue;
		c->symbols[symbol].row = &g->syntax[*row - 1];
		taken[*row - 1] = true;
	}
	for (uint32_t i = 0; i < row_count; i++) {
		if (!taken[i])
			err_set(err, "the grammar has no node \"%s\"", g->syntax[i].type);
		if (g->syntax[i].name)
			field_id(c->language, g->syntax[i].name, err);
	}
	str_map_release(&s.rows[0]);
	str_map_release(&s.rows[1]);
}

static void resolve_name_fields(struct compiled_grammar *c)
{
	for (uint32_t i = 0; i < c->symbol_count; i++) {
		const struct syntax *row = c->symbols[i].row;
		if (row && row->name)
			c->symbols[i].name_field = field_id(c->language, row->name, NULL);
	}
}

static bool symbol_is(const struct compiled_grammar *c, TSSymbol symbol, const char *type)
{
	return ts_language_symbol_type(c->language, symbol) == TSSymbolTypeRegular &&
	       strcmp(ts_language_symbol_name(c->language, symbol), type) == 0;
}

/* Parts by field: one common list, and a copy of it for each parent that has rows of its own. */
static void assign_parts(struct compiled_grammar *c, const struct grammar *g, struct arena *a, struct err *err)
{
	uint32_t fields = ts_language_field_count(c->language) + 1;
	c->parts = arena_array(a, uint8_t, fields);
	for (const struct syntax_part *p = g->parts; p->field; p++)
		if (!p->parent)
			c->parts[field_id(c->language, p->field, err)] = p->part;
	for (const struct syntax_part *p = g->parts; p->field; p++) {
		bool known = !p->parent;
		for (TSSymbol symbol = 0; p->parent && symbol < c->symbol_count; symbol++) {
			if (!symbol_is(c, symbol, p->parent))
				continue;
			uint8_t *parts = arena_array(a, uint8_t, fields);
			memcpy(parts, c->symbols[symbol].parts ? c->symbols[symbol].parts : c->parts, fields);
			parts[field_id(c->language, p->field, err)] = p->part;
			c->symbols[symbol].parts = parts;
			known = true;
		}
		if (!known)
			err_set(err, "the grammar has no node \"%s\"", p->parent);
	}
}

static void assign_paths(struct compiled_grammar *c, const struct grammar *g, struct arena *a, struct err *err)
{
	c->identifiers = arena_array(a, bool, c->symbol_count);
	c->members = arena_array(a, uint8_t, c->symbol_count);
	uint32_t count = 0;
	while (g->members && g->members[count].type)
		count++;
	c->member_rows = arena_array(a, struct compiled_member, count + 1);
	for (uint32_t i = 0; i < count; i++)
		c->member_rows[i] = (struct compiled_member){ field_id(c->language, g->members[i].object, err),
			g->members[i].property ? field_id(c->language, g->members[i].property, err) : 0,
			g->members[i].separator };
	for (uint32_t symbol = 0; symbol < c->symbol_count; symbol++) {
		for (const char *const *type = g->identifiers; type && *type; type++)
			c->identifiers[symbol] |= symbol_is(c, (TSSymbol)symbol, *type);
		for (uint32_t i = 0; i < count; i++)
			if (symbol_is(c, (TSSymbol)symbol, g->members[i].type))
				c->members[symbol] = (uint8_t)(i + 1);
	}
}

struct compiled_grammar *grammar_compile(const struct grammar *g, struct arena *a, struct err *err)
{
	struct compiled_grammar *c = arena_new(a, struct compiled_grammar);
	c->language = g->language();
	c->symbol_count = ts_language_symbol_count(c->language);
	c->symbols = arena_array(a, struct compiled_syntax, c->symbol_count);
	/* A dialect may lack some of what its family's table names; its own rows come last and win. */
	struct err *strict = g->dialect_of ? NULL : err;
	if (g->dialect_of)
		assign_rows(c, g->dialect_of, a, NULL);
	assign_rows(c, g, a, err);
	resolve_name_fields(c);
	assign_parts(c, g, a, strict);
	assign_paths(c, g, a, err);
	for (unsigned i = 0; i < FIELD_COUNT; i++)
		c->fields[i] = field_id(c->language, field_names[i], NULL);
	if (g->callee)
		c->callee = field_id(c->language, g->callee, err);
	return c;
}
