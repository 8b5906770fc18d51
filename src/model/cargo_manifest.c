/* Dependencies as a Cargo.toml spells them: in tables, inline tables and dotted keys, for every target and profile. */
#include "model/cargo.h"

static const struct table {
	struct str name;
	enum cargo_table table;
} tables[] = {
	{ { "dependencies", 12 }, CARGO_NORMAL },
	{ { "build-dependencies", 18 }, CARGO_BUILD },
	{ { "dev-dependencies", 16 }, CARGO_DEV },
	{ { "workspace.dependencies", 22 }, CARGO_WORKSPACE },
	{ { "patch.crates-io", 15 }, CARGO_PATCH },
};

/* Where `name` stands in `text` as whole segments, from the end; UINT32_MAX when it does not. */
static uint32_t segments_at(struct str text, struct str name)
{
	for (uint32_t i = text.len; i-- > 0;) {
		bool starts = i == 0 || text.ptr[i - 1] == '.';
		struct str here = str_slice(text, i, text.len);
		if (starts && str_starts(here, name) && (here.len == name.len || here.ptr[name.len] == '.'))
			return i;
	}
	return UINT32_MAX;
}

/* [dependencies], [target.'cfg(unix)'.dependencies], [dependencies.serde]: the table, and the key behind its name. */
static const struct table *table_of(struct str name, struct str *key)
{
	bool target = str_starts(name, STR("target."));
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		uint32_t at = segments_at(name, tables[i].name);
		if (at == UINT32_MAX || (at != 0 && !target))
			continue;
		*key = str_slice(name, at + tables[i].name.len + 1, name.len);
		return &tables[i];
	}
	return NULL;
}

static struct str text_of(const struct facts *f, node_id value)
{
	return value && node_kind(f, value) == NODE_STRING ? node_name(f, value) : STR("");
}

static void set(struct cargo_row *row, const struct facts *f, struct str attribute, node_id value)
{
	if (str_is(attribute, "version"))
		row->version = text_of(f, value);
	else if (str_is(attribute, "path"))
		row->path = text_of(f, value);
	else if (str_is(attribute, "package"))
		row->crate = text_of(f, value);
	else if (str_is(attribute, "workspace"))
		row->inherited = str_is(node_name(f, value), "true");
}

/* serde = "1", serde = { version = "1" }, serde.workspace = true */
static void take_row(const struct facts *f, enum cargo_table table, struct str key, node_id pair,
	void (*take)(void *context, const struct cargo_row *row), void *context)
{
	struct str name = path_first(key), attribute = str_slice(key, name.len + 1, key.len);
	node_id value = node_child(f, pair, PART_VALUE);
	struct cargo_row row = { .table = table, .key = name, .node = pair };
	if (!value || str_empty(name))
		return;
	if (attribute.len)
		set(&row, f, attribute, value);
	else if (node_kind(f, value) == NODE_STRING)
		row.version = node_name(f, value);
	else
		facts_each_child(f, value, member)
			if (node_child(f, member, PART_VALUE))
				set(&row, f, node_name(f, member), node_child(f, member, PART_VALUE));
	take(context, &row);
}

void cargo_each_row(const struct facts *f, void (*take)(void *context, const struct cargo_row *row), void *context)
{
	facts_each_child(f, 0, pair) {
		struct str key;
		const struct table *table = node_kind(f, pair) == NODE_PAIR ? table_of(node_name(f, pair), &key) : NULL;
		node_id value = table ? node_child(f, pair, PART_VALUE) : 0;
		if (!value)
			continue;
		if (key.len) {
			take_row(f, table->table, key, pair, take, context);
			continue;
		}
		facts_each_child(f, value, entry)
			if (node_kind(f, entry) == NODE_PAIR)
				take_row(f, table->table, node_name(f, entry), entry, take, context);
	}
}

node_id cargo_value(const struct facts *f, struct str table, struct str key)
{
	node_id object = object_value(f, 0, table);
	return object ? object_value(f, object, key) : 0;
}

struct str cargo_text(const struct facts *f, struct str table, struct str key)
{
	return text_of(f, cargo_value(f, table, key));
}
