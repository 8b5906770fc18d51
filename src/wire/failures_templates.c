/*
 * What the template of a class calls when something happens: `(click)="save()"`. It stands in a file that the class's decorator
 * names, or in the decorator itself. Nobody waits for what a handler returns.
 */
#include "wire/failures.h"
#include "wire/functions.h"

#include "base/path.h"

/* What the decorator says under the key that its library names: `{ templateUrl: "./orders.html" }`; 0 for none. */
static node_id said_by_decorator(const struct failures *a, file_id file, node_id class_node, const char *attribute)
{
	const struct facts *f = failure_facts(a, file);
	facts_each_child(f, class_node, c) {
		const struct library_entry *entry = node_kind(f, c) == NODE_DECORATOR
							    ? model_role(a->m, file, c, ROLE_COMPONENT)
							    : NULL;
		node_id options = entry ? call_arg(f, c, 0) : 0;
		if (options && node_kind(f, options) == NODE_OBJECT)
			return object_value(f, options, library_attribute(entry, attribute));
	}
	return 0;
}

/* ---- a file ---- */

/* `save()`, `ready && save(order)`, `$event.stopPropagation(); save()`: what an attribute leads to has its name. */
static bool is_in_handler(const struct facts *f, node_id call)
{
	static const uint64_t apart = KIND(LAMBDA) | KIND(FUNCTION);
	node_id n = call;
	for (; f->nodes[n].parent; n = f->nodes[n].parent)
		if (apart >> f->nodes[n].kind & 1)
			return false;
	return node_kind(f, n) == NODE_EXPR && str_empty(node_name(f, n));
}

static bool calls_in_file(struct failures *a, file_id file, struct str name)
{
	const struct facts *f = failure_facts(a, file);
	for (node_id n = mentions_first(a, file, name); n; n = mentions_next(a, file, n))
		if (node_kind(f, n) == NODE_CALL && str_eq(node_name(f, n), name) && is_in_handler(f, n))
			return true;
	return false;
}

/* ---- a text ---- */

static bool is_word(char c)
{
	return char_is_alnum(c) || strchr("_$.", c);
}

/* Does a value begin here, and is it an event's? `(click)="`, `(click)='` */
static bool opens_event(struct str text, uint32_t at)
{
	return at >= 2 && strchr("\"'", text.ptr[at]) && text.ptr[at - 1] == '=' && text.ptr[at - 2] == ')';
}

static bool calls_in_text(struct str text, struct str name)
{
	char quote = '\0'; /* that ends the handler at hand */
	for (uint32_t i = 0; i + name.len < text.len; i++) {
		char c = text.ptr[i];
		bool is_name = quote && !is_word(text.ptr[i - 1]) && text.ptr[i + name.len] == '(' &&
			       str_eq(str_slice(text, i, i + name.len), name);
		if (is_name)
			return true;
		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (opens_event(text, i))
			quote = c;
	}
	return false;
}

bool template_calls(struct failures *a, file_id file, node_id function)
{
	const struct facts *f = failure_facts(a, file);
	node_id member = node_kind(f, function) == NODE_LAMBDA ? f->nodes[function].parent : function;
	node_id class_node = f->nodes[member].parent;
	if (!((KIND(FUNCTION) | KIND(FIELD)) >> f->nodes[member].kind & 1) || node_kind(f, class_node) != NODE_CLASS)
		return false;
	node_id inside = said_by_decorator(a, file, class_node, "template");
	node_id beside = said_by_decorator(a, file, class_node, "template-file");
	if (inside && node_kind(f, inside) == NODE_STRING)
		return calls_in_text(node_name(f, inside), node_name(f, member));
	struct str path;
	bool is_path = beside && node_kind(f, beside) == NODE_STRING &&
		       path_join(&a->arena, path_dir(model_file(a->m, file)->path), node_name(f, beside), &path);
	file_id template = is_path ? model_find_file(a->m, path) : NO_FILE;
	return template != NO_FILE && calls_in_file(a, template, node_name(f, member));
}
