#include "model/library_yaml.h"

#include "base/buf.h"
#include "config/suggest.h"

static const struct role_row {
	const char *name, *attributes;
} roles[ROLE_COUNT] = {
#define ROLE(id, name, says, attributes) [ROLE_##id] = { name, attributes },
#include "bylaw/roles.def"
#undef ROLE
};

static const char *const families[FAMILY_COUNT] = { "node", "go", "python", "rust" };

struct reading {
	struct str path;
	struct arena *arena;
	const struct library_sink *sink;
	struct err *err;
	enum library_family family;
};

static bool read_role(const struct reading *r, const struct yaml_node *node, enum role *role)
{
	struct suggestion near = { .word = node->text };
	for (unsigned i = ROLE_NONE + 1; i < ROLE_COUNT; i++) {
		if (str_is(node->text, roles[i].name)) {
			*role = (enum role)i;
			return true;
		}
		suggest_from(&near, str_from(roles[i].name));
	}
	if (str_empty(near.best))
		return yaml_fail(r->err, r->path, node, "unknown role \"%.*s\"", STR_ARG(node->text));
	return yaml_fail(r->err, r->path, node, "unknown role \"%.*s\"; did you mean \"%.*s\"?", STR_ARG(node->text),
		STR_ARG(near.best));
}

static bool attribute_allowed(enum role role, struct str key)
{
	struct str rest = str_from(roles[role].attributes), word;
	while (str_split(&rest, ' ', &word))
		if (str_eq(word, key))
			return true;
	return false;
}

/* Everything but the keys that say which names are meant. */
static bool read_attributes(const struct reading *r, const struct yaml_node *means, struct library_entry *entry)
{
	struct str *pairs = arena_array(r->arena, struct str, means->count * 2);
	yaml_each(means, value) {
		struct str key = value->key->text;
		if (str_is(key, "role") || str_is(key, "names") || str_is(key, "in"))
			continue;
		if (!attribute_allowed(entry->role, key))
			return yaml_fail(r->err, r->path, value->key, "role \"%s\" has no attribute \"%.*s\"",
				roles[entry->role].name, STR_ARG(key));
		pairs[entry->attribute_count * 2] = key;
		pairs[entry->attribute_count * 2 + 1] = value->text;
		entry->attribute_count++;
	}
	entry->attributes = pairs;
	return true;
}

/* "(*database/sql.DB).Query" is written and looked up without the decoration. */
static struct str normal_name(const struct reading *r, struct str in, struct str name)
{
	struct buf out = { 0 };
	buf_add(&out, in);
	if (in.len && name.len)
		buf_add_text(&out, r->family == FAMILY_RUST ? "::" : ".");
	for (uint32_t i = 0; i < name.len; i++)
		if (name.ptr[i] != '(' && name.ptr[i] != ')' &&
			!(name.ptr[i] == '*' && i > 0 && name.ptr[i - 1] == '('))
			buf_add_char(&out, name.ptr[i]);
	struct str kept = arena_str(r->arena, buf_str(&out));
	buf_release(&out);
	return kept;
}

/* Each name, in each of what `in` lists. */
static bool read_names(
	const struct reading *r, const struct yaml_node *names, const struct yaml_node *in, struct library_entry *entry)
{
	const struct yaml_node *owners = in && in->kind == YAML_LIST ? in : NULL;
	yaml_each(names, name) {
		if (name->kind != YAML_SCALAR)
			return yaml_fail(r->err, r->path, name, "a name is a text");
		const struct yaml_node *owner = owners ? owners->first : in;
		do {
			if (owner && owner->kind != YAML_SCALAR)
				return yaml_fail(r->err, r->path, owner, "`in` is a name or a list of names");
			entry->name = normal_name(r, owner ? owner->text : STR(""), name->text);
			r->sink->entry(r->sink->context, r->family, entry);
			owner = owners && owner ? owner->next : NULL;
		} while (owner);
	}
	return true;
}

static bool read_meaning(const struct reading *r, const struct yaml_node *means)
{
	const struct yaml_node *role = means->kind == YAML_MAP ? yaml_get(means, STR("role")) : NULL;
	const struct yaml_node *names = means->kind == YAML_MAP ? yaml_get(means, STR("names")) : NULL;
	const struct yaml_node *in = means->kind == YAML_MAP ? yaml_get(means, STR("in")) : NULL;
	struct library_entry entry = { 0 };
	if (!role || !names || names->kind != YAML_LIST)
		return yaml_fail(r->err, r->path, means, "a meaning needs `role` and a list of `names`");
	return read_role(r, role, &entry.role) && read_attributes(r, means, &entry) && read_names(r, names, in, &entry);
}

/* modules: { express: [web-server], … } */
static bool read_modules(const struct reading *r, const struct yaml_node *modules)
{
	if (modules->kind != YAML_MAP)
		return yaml_fail(r->err, r->path, modules, "`modules` maps a module to a list of its roles");
	yaml_each(modules, list) {
		yaml_each(list, word) {
			enum role role;
			if (!read_role(r, word, &role))
				return false;
			r->sink->module(r->sink->context, r->family, list->key->text, role);
		}
	}
	return true;
}

static bool read_family(struct reading *r, const struct yaml_node *root)
{
	const struct yaml_node *language = yaml_get(root, STR("language"));
	for (unsigned i = 0; language && i < FAMILY_COUNT; i++)
		if (str_is(language->text, families[i])) {
			r->family = (enum library_family)i;
			return true;
		}
	return yaml_fail(r->err, r->path, language ? language : root, "`language` is one of node, go, python, rust");
}

bool library_yaml_read(struct str path, const struct yaml_node *root, struct arena *arena,
	const struct library_sink *sink, struct err *err)
{
	struct reading r = { .path = path, .arena = arena, .sink = sink, .err = err };
	if (root->kind != YAML_MAP)
		return yaml_fail(err, path, root, "a library is a map with `library`, `language`, `modules`, `means`");
	if (!read_family(&r, root))
		return false;
	yaml_each(root, value) {
		struct str key = value->key->text;
		if (str_is(key, "modules")) {
			if (!read_modules(&r, value))
				return false;
		} else if (str_is(key, "means")) {
			yaml_each(value, means)
				if (!read_meaning(&r, means))
					return false;
		} else if (!str_is(key, "library") && !str_is(key, "language")) {
			return yaml_fail(err, path, value->key,
				"unknown key \"%.*s\"; a library has `library`, `language`, `modules`, `means`",
				STR_ARG(key));
		}
	}
	return true;
}

const char *role_name(enum role role)
{
	return roles[role].name;
}
