/* Attributes, derives and macros of Rust; which of them may declare names that nobody sees here, for none is expanded. */
#include "model/rust.h"

bool rust_has_attribute(const struct facts *f, node_id item, const char *name)
{
	facts_each_child(f, item, c)
		if (node_kind(f, c) == NODE_DECORATOR && str_is(node_name(f, c), name))
			return true;
	return false;
}

/* Macros at the level of items that declare nothing, or whose items are in the facts. */
bool rust_macro_may_declare(struct str macro)
{
	static const char *const names[] = { "thread_local", "lazy_static", "cfg_if", "cfg_select", "compile_error",
		"assert", "const_assert", "task_local", "pin_project", "println" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(path_last(macro), names[i]))
			return false;
	return true;
}

/* Attributes that change nothing but what they stand on, and derives that only implement traits. */
static bool makes_nothing(struct str name)
{
	static const char *const names[] = { "allow", "async_trait", "cfg", "cfg_attr", "cold", "deny", "deprecated",
		"derive", "doc", "error", "expect", "forbid", "ignore", "inline", "macro_export", "macro_use",
		"must_use", "no_mangle", "non_exhaustive", "path", "repr", "rustfmt::skip", "serde", "test",
		"tokio::main", "tokio::test", "track_caller", "warn" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static bool derives_nothing_else(struct str name)
{
	static const char *const names[] = { "Clone", "Copy", "Debug", "Default", "Deserialize", "Eq", "Hash", "Ord",
		"PartialEq", "PartialOrd", "Serialize" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(path_last(name), names[i]))
			return true;
	return false;
}

/* Could the attribute, or a derive, declare something beside the item that it stands on? */
static bool attribute_may_declare(const struct facts *f, node_id attribute)
{
	if (!str_is(node_name(f, attribute), "derive"))
		return !makes_nothing(node_name(f, attribute));
	facts_each_child(f, attribute, derived)
		if (!derives_nothing_else(node_name(f, derived)))
			return true;
	return false;
}

/* #[cfg_attr(test, automock, derive(X))]: the attributes stand behind the condition. */
bool rust_attribute_may_declare(const struct facts *f, node_id decorator)
{
	if (!str_is(node_name(f, decorator), "cfg_attr"))
		return attribute_may_declare(f, decorator);
	bool condition = true;
	facts_each_child(f, decorator, argument) {
		if (!condition && attribute_may_declare(f, argument))
			return true;
		condition = false;
	}
	return false;
}
