/* The places of one file that ask something of a service, and its calls of the project's functions. */
#include "wire/functions.h"
#include "wire/requests.h"

#include <stdio.h>

struct scanning {
	const struct model *m;
	const struct rpcs *rpcs;
	file_id file;
	const struct facts *f;
	enum language language;
	bool is_generated, is_config;
	bool may_implement; /* production code of TypeScript: a test's stand-in is no implementation */
	bool *from_generated; /* by string: names that an import takes from generated code; NULL for none */
	struct scan *out;
};

static void ask(struct scanning *s, node_id node, enum protocol protocol, const struct library_entry *entry)
{
	struct asking asking = { .file = s->file,
		.client_file = s->file,
		.node = node,
		.protocol = protocol,
		.entry = entry,
		.is_generated = s->is_generated };
	vec_push(&s->out->askings, asking);
}

static bool add_calling(struct scanning *s, node_id node, struct meaning means)
{
	const struct facts *there = &model_file(s->m, means.file)->facts;
	bool is_promised = node_kind(there, there->nodes[means.node].parent) == NODE_INTERFACE;
	node_id function = is_promised ? means.node : declared_function(there, means.node);
	struct calling calling = { s->file, node, means.file, function };
	if (function)
		vec_push(&s->out->callings, calling);
	return function != 0;
}

static bool is_ours(struct meaning means)
{
	return means.kind == MEANS_DECLARATION || (means.kind == MEANS_LOCAL && str_empty(means.name));
}

/* What code is told by its shape, under a name of its own: "Generated.get", "Element.href". NULL for nothing. */
static const struct library_entry *shape(const struct scanning *s, const char *owner, struct str name)
{
	char qualified[64];
	int len = snprintf(qualified, sizeof(qualified), "%s.%.*s", owner, STR_ARG(name));
	if (len >= (int)sizeof(qualified))
		return NULL;
	return model_library(s->m, s->language, (struct str){ qualified, (uint32_t)len }, ROLE_SENDS);
}

/* ---- interceptors and bases ---- */

/* `config.url = …`, `return { ...config, baseURL }` */
static bool edits_url(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n) {
		struct str name = node_name(f, n), last = path_last(name);
		bool is_url = str_is(last, "url") || str_is(last, "baseURL");
		bool is_target = node_kind(f, n) == NODE_NAME && f->nodes[n].part == PART_TARGET && last.len < name.len;
		bool is_pair = node_kind(f, n) == NODE_PAIR && node_child_of_kind(f, f->nodes[n].parent, NODE_SPREAD);
		if (is_url && (is_target || is_pair))
			return true;
	}
	return false;
}

/* The function that an argument is, with the file it stands in; 0 when it is not known. */
static struct meaning function_at(const struct scanning *s, node_id argument)
{
	struct meaning means = { .kind = MEANS_DECLARATION, .file = s->file, .node = argument };
	if (argument && node_kind(s->f, argument) == NODE_LAMBDA)
		return means;
	return argument ? model_meaning(s->m, s->file, argument) : (struct meaning){ 0 };
}

static node_id argument_at(const struct scanning *s, node_id call, struct str position)
{
	return position.len ? call_arg(s->f, call, (uint32_t)(position.ptr[0] - '0')) : 0;
}

static void add_interceptor(struct scanning *s, node_id call, const struct library_entry *entry)
{
	struct meaning means = function_at(s, argument_at(s, call, library_attribute(entry, "function")));
	const struct facts *there = &model_file(s->m, means.file)->facts;
	node_id function = is_ours(means) ? declared_function(there, means.node) : 0;
	struct client_change change = { s->file, call, 0, entry };
	if (function && edits_url(there, function))
		vec_push(&s->out->changes, change);
}

/* client.SetBaseURL("…") as a statement: the client is changed where it is. */
static void add_base_statement(struct scanning *s, node_id call, struct str name)
{
	if (node_kind(s->f, s->f->nodes[call].parent) != NODE_EXPR)
		return;
	const struct library_entry *entry = model_library(s->m, s->language, name, ROLE_CLIENT_BASE);
	struct client_change change = { s->file, call, call, entry };
	if (entry && str_is(library_attribute(entry, "base"), "0"))
		vec_push(&s->out->changes, change);
}

/* axios.defaults.baseURL = …, client.defaults.baseURL = … */
static void add_base_assignment(struct scanning *s, node_id assign, node_id target)
{
	struct meaning means = model_meaning(s->m, s->file, target);
	struct client_change change = { s->file, target, node_child(s->f, assign, PART_VALUE), NULL };
	if (means.kind == MEANS_LIBRARY && change.value)
		vec_push(&s->out->changes, change);
}

/* ---- links ---- */

/* window.location.href = … */
static void add_navigation(struct scanning *s, node_id assign, node_id target)
{
	struct meaning means = model_meaning(s->m, s->file, target);
	const struct library_entry *entry = NULL;
	if (means.kind == MEANS_BUILTIN)
		entry = model_library(s->m, s->language, means.name, ROLE_SENDS);
	if (entry)
		ask(s, assign, PROTOCOL_HTTP, entry);
}

static void scan_assignment(struct scanning *s, node_id assign)
{
	node_id target = node_child(s->f, assign, PART_TARGET);
	struct str path = target ? node_name(s->f, target) : STR(""), last = path_last(path);
	if (str_ends(path, STR(".defaults.baseURL")))
		add_base_assignment(s, assign, target);
	else if (str_is(last, "href") || str_is(last, "location"))
		add_navigation(s, assign, target);
}

/* <a href="/orders/export">, <form action="/orders" method="post"> */
static void scan_attributes(struct scanning *s, node_id element)
{
	facts_each_child(s->f, element, attribute) {
		bool is_attribute = node_kind(s->f, attribute) == NODE_PAIR;
		const struct library_entry *entry = is_attribute ? shape(s, "Element", node_name(s->f, attribute))
								 : NULL;
		if (entry)
			ask(s, element, PROTOCOL_HTTP, entry);
	}
}

/* ---- calls ---- */

/* useSWR("/users", fetcher): the fetcher is a function of ours, a client's method (`api.get`), or set elsewhere. */
static void scan_runner(struct scanning *s, node_id call, const struct library_entry *entry)
{
	node_id function = requests_value_at(s->f, call, library_attribute(entry, "function"));
	struct meaning means = function ? requests_function_run(s->m, s->file, function) : (struct meaning){ 0 };
	bool of_client = means.kind == MEANS_LIBRARY && model_library(s->m, s->language, means.name, ROLE_SENDS);
	if (is_ours(means))
		add_calling(s, call, means);
	if (!of_client && means.kind)
		return;
	ask(s, call, PROTOCOL_HTTP, entry);
	if (of_client)
		vec_last(&s->out->askings).client = function;
}

/* A client's method that is a value here: `safely(api.post, url)`; NULL for anything else. */
static const struct library_entry *method_of_client(const struct scanning *s, node_id value)
{
	bool is_name = (KIND(NAME) | KIND(MEMBER)) >> s->f->nodes[value].kind & 1;
	if (!is_name || !model_library_word(s->m, s->language, path_last(node_name(s->f, value)), ROLE_SENDS))
		return NULL;
	struct meaning means = model_meaning(s->m, s->file, value);
	bool is_library = means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN;
	const struct library_entry *entry = is_library ? model_library(s->m, s->language, means.name, ROLE_SENDS)
						       : NULL;
	return entry && str_is(library_attribute(entry, "kind"), "http") ? entry : NULL;
}

/* Each call of the parameter that a client's method is handed to asks what the method would ask. */
static void ask_through(struct scanning *s, const struct asking *asking, node_id param)
{
	const struct facts *there = &model_file(s->m, asking->file)->facts;
	facts_each_below(there, asking->handed.function, n) {
		if (node_kind(there, n) != NODE_CALL || !str_eq(node_name(there, n), node_name(there, param)) ||
			model_binding(s->m, asking->file, n, node_name(there, n)) != param)
			continue;
		vec_push(&s->out->askings, *asking);
		vec_last(&s->out->askings).node = n;
	}
}

/* safely(api.post, "/orders", order), where `safely` calls what it is handed */
static void scan_handed_methods(struct scanning *s, node_id call, const struct calling *to)
{
	const struct facts *there = &model_file(s->m, to->function_file)->facts;
	node_id argument;
	for (uint32_t i = 0; (argument = call_arg(s->f, call, i)); i++) {
		const struct library_entry *entry = method_of_client(s, argument);
		node_id param = entry ? parameter(there, to->function, i) : 0;
		struct asking asking = { .file = to->function_file,
			.client_file = s->file,
			.client = argument,
			.protocol = PROTOCOL_HTTP,
			.entry = entry,
			.handed = { NULL, s->file, call, to->function_file, to->function } };
		if (param && node_kind(there, param) == NODE_PARAM)
			ask_through(s, &asking, param);
	}
}

static void scan_library_call(struct scanning *s, node_id call, struct str name)
{
	const struct library_entry *entry = model_library(s->m, s->language, name, ROLE_SENDS);
	struct str kind = entry ? library_attribute(entry, "kind") : STR("");
	if (str_is(kind, "http") || str_is(kind, "link") || str_is(kind, "route")) {
		ask(s, call, PROTOCOL_HTTP, entry);
	} else if (str_is(kind, "graphql")) {
		ask(s, call, PROTOCOL_GRAPHQL, entry);
	} else if (str_is(kind, "event")) {
		ask(s, call, PROTOCOL_WEBSOCKET, entry);
	} else if (str_is(kind, "intercepts")) {
		add_interceptor(s, call, entry);
	} else if (str_is(kind, "runner")) {
		requests_scan_setting_of_runner(s->m, s->file, call, entry, s->out);
	} else if (str_is(kind, "runs")) {
		scan_runner(s, call, entry);
	} else {
		add_base_statement(s, call, name);
	}
}

/* `api({ url })`, where api is what axios.create() made. */
static void scan_callable(struct scanning *s, node_id call, struct meaning means)
{
	struct type type = model_type(s->m, means.file, means.node);
	bool is_library = type.kind == MEANS_LIBRARY || type.kind == MEANS_BUILTIN;
	const struct library_entry *entry = is_library ? model_library(s->m, s->language, type.name, ROLE_SENDS) : NULL;
	if (entry && str_is(library_attribute(entry, "kind"), "http"))
		ask(s, call, PROTOCOL_HTTP, entry);
}

/* build.query({ query: … }) in the `endpoints` of createApi() or injectEndpoints(): the call around gives the base. */
static bool scan_rtk_endpoint(struct scanning *s, node_id call, struct meaning means)
{
	const struct facts *f = s->f;
	bool on_parameter = means.kind == MEANS_LOCAL && means.file == s->file &&
			    node_kind(f, means.node) == NODE_PARAM;
	node_id function = on_parameter ? f->nodes[means.node].parent : 0;
	node_id pair = function ? f->nodes[function].parent : 0;
	if (!pair || node_kind(f, pair) != NODE_PAIR || !str_is(node_name(f, pair), "endpoints"))
		return false;
	const struct library_entry *entry = shape(s, "RTKQuery.Endpoints", means.name);
	if (!entry)
		return false;
	ask(s, call, PROTOCOL_HTTP, entry);
	vec_last(&s->out->askings).client = node_ancestor(f, pair, KIND(CALL));
	return true;
}

/* lambda request, item: request.url_for("items:get", id=item.id): only routes are asked for so, whatever the receiver's type. */
static void scan_url_for(struct scanning *s, node_id call)
{
	const struct library_entry *entry = shape(s, "Unknown", path_last(node_name(s->f, call)));
	if (entry)
		ask(s, call, PROTOCOL_HTTP, entry);
}

/* Code that a generator wrote brings its own client along: its calls are told by their shape. */
static void scan_generated(struct scanning *s, node_id node, struct str last)
{
	const struct library_entry *entry = s->is_generated ? shape(s, "Generated", last) : NULL;
	if (entry)
		ask(s, node, PROTOCOL_HTTP, entry);
}

/* return { url, options }, return { path, method, query }: what openapi-generator's clients hand to axios and to fetch */
static bool is_returned_request(const struct facts *f, node_id object)
{
	bool of_axios = object_value(f, object, STR("url")) && object_value(f, object, STR("options"));
	bool of_fetch = object_value(f, object, STR("path")) && object_value(f, object, STR("method"));
	return node_kind(f, f->nodes[object].parent) == NODE_RETURN && (of_axios || of_fetch);
}

/* { title, href: "/orders/export" } */
static void scan_object(struct scanning *s, node_id object)
{
	const struct facts *f = s->f;
	const struct library_entry *link = object_value(f, object, STR("href")) ? shape(s, "Object", STR("href"))
										: NULL;
	if (link)
		ask(s, object, PROTOCOL_HTTP, link);
	if (s->is_generated && is_returned_request(f, object))
		scan_generated(s, object, STR("arguments"));
}

/* gql`query { … }`, graphql("query { … }") */
static bool is_graphql_tag(const struct scanning *s, node_id call, struct str last)
{
	node_id literal = str_is(last, "gql") || str_is(last, "graphql") ? call_arg(s->f, call, 0) : 0;
	return literal && scans_all_calls(s->language) &&
	       ((KIND(STRING) | KIND(TEMPLATE)) >> s->f->nodes[literal].kind & 1);
}

static void scan_meaning(struct scanning *s, node_id call, struct meaning means)
{
	if (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN)
		scan_library_call(s, call, means.name);
	else if (is_ours(means) && add_calling(s, call, means))
		scan_handed_methods(s, call, &vec_last(&s->out->callings));
	else if (is_ours(means) && scans_all_calls(s->language))
		scan_callable(s, call, means);
	else if (!is_ours(means) && !scan_rtk_endpoint(s, call, means))
		scan_url_for(s, call);
}

/* Where clients are called by name only, most calls need not be resolved to see that they send nothing. */
static bool may_ask(const struct scanning *s, struct str last)
{
	return scans_all_calls(s->language) || model_library_word(s->m, s->language, last, ROLE_SENDS) ||
	       model_library_word(s->m, s->language, last, ROLE_CLIENT_BASE);
}

/* {{ routePath "/orders/%d" .ID }}: whatever a template's function is called, a path that it is given leads there. */
static void scan_template_tag(struct scanning *s, node_id call, struct str last)
{
	bool is_tag = s->language == LANGUAGE_HTML && str_starts(last, STR("$"));
	const struct library_entry *entry = is_tag ? shape(s, "Markup", STR("$")) : NULL;
	if (entry)
		ask(s, call, PROTOCOL_HTTP, entry);
}

static void scan_call(struct scanning *s, node_id call)
{
	struct str last = path_last(node_name(s->f, call));
	const struct rpc *rpc = rpc_of_call(s->rpcs, s->m, s->file, call);
	uint32_t before = s->out->askings.count;
	if (is_graphql_tag(s, call, last)) {
		ask(s, call, PROTOCOL_GRAPHQL, NULL);
	} else if (rpc) {
		ask(s, call, PROTOCOL_GRPC, NULL);
		vec_last(&s->out->askings).rpc = rpc;
	} else if (may_ask(s, last)) {
		scan_meaning(s, call, model_meaning(s->m, s->file, call));
		if (before == s->out->askings.count)
			scan_generated(s, call, last);
		if (before == s->out->askings.count)
			scan_template_tag(s, call, last);
	}
}

/* ---- functions of generated code that are handed on by their name ---- */

static bool is_imported_from_generated(const struct scanning *s, uint32_t import)
{
	struct import_link link = model_import(s->m, s->file, import);
	file_id file = link.file;
	node_id declaration;
	if (link.target != IMPORT_FILE)
		return false;
	if (!str_is(facts_str(s->f, s->f->imports[import].imported), "*") &&
		!model_exported(s->m, link.file, facts_str(s->f, s->f->imports[import].imported), &file, &declaration))
		return false;
	return model_file(s->m, file)->class == CLASS_GENERATED;
}

/* Marks every string of the file that starts with such a name. */
static void mark_generated(struct scanning *s, struct arena *scratch)
{
	struct str_map locals = { 0 };
	for (uint32_t i = 0; i < s->f->import_count; i++)
		if (s->f->imports[i].local && is_imported_from_generated(s, i))
			str_map_put(&locals, facts_str(s->f, s->f->imports[i].local), 1, NULL);
	if (locals.count) {
		s->from_generated = arena_array(scratch, bool, s->f->string_count + 1);
		for (uint32_t id = 1; id < s->f->string_count; id++)
			s->from_generated[id] = str_map_get(&locals, path_first(facts_str(s->f, id))) != NULL;
	}
	str_map_release(&locals);
}

static void scan_name(struct scanning *s, node_id name)
{
	if (!s->from_generated || !s->from_generated[s->f->nodes[name].name] || s->f->nodes[name].part == PART_TARGET)
		return;
	struct meaning means = model_meaning(s->m, s->file, name);
	if (is_ours(means))
		add_calling(s, name, means);
}

static void scan_library_element(struct scanning *s, node_id element, struct str name)
{
	const struct library_entry *entry = model_library(s->m, s->language, name, ROLE_SENDS);
	if (entry && str_is(library_attribute(entry, "kind"), "runner"))
		requests_scan_setting_of_runner(s->m, s->file, element, entry, s->out);
}

/* <Download url="/invoices" />: a call of the component */
static void scan_element(struct scanning *s, node_id element)
{
	struct str last = path_last(node_name(s->f, element));
	if (str_empty(last) || last.ptr[0] < 'A' || last.ptr[0] > 'Z' || !node_child_of_kind(s->f, element, NODE_PAIR))
		return;
	struct meaning means = model_meaning(s->m, s->file, element);
	if (is_ours(means))
		add_calling(s, element, means);
	else if (means.kind == MEANS_LIBRARY)
		scan_library_element(s, element, means.name);
}

/* A link in markup: src/parse/component.c leaves it as a statement under the attribute's name. */
static void scan_statement(struct scanning *s, node_id statement)
{
	struct str label = LANGUAGES_MARKUP >> s->language & 1 ? node_name(s->f, statement) : STR("");
	const struct library_entry *entry = str_empty(label) ? NULL : shape(s, "Markup", label);
	if (entry)
		ask(s, statement, PROTOCOL_HTTP, entry);
}

/* In settings, { url: "/auth/refresh", method: "post" } is what a library is told to ask. */
static void scan_setting(struct scanning *s, node_id n)
{
	bool is_request = node_kind(s->f, n) == NODE_OBJECT && object_value(s->f, n, STR("url")) &&
			  object_value(s->f, n, STR("method"));
	const struct library_entry *entry = is_request ? shape(s, "Setting", STR("url")) : NULL;
	if (entry)
		ask(s, n, PROTOCOL_HTTP, entry);
}

static void scan_node(struct scanning *s, node_id n)
{
	switch (node_kind(s->f, n)) {
	case NODE_CALL:
		scan_call(s, n);
		break;
	case NODE_JSX:
		scan_element(s, n);
		scan_attributes(s, n);
		break;
	case NODE_EXPR:
		scan_statement(s, n);
		break;
	case NODE_ASSIGN:
		scan_assignment(s, n);
		break;
	case NODE_OBJECT:
		scan_object(s, n);
		break;
	case NODE_NAME:
		scan_name(s, n);
		break;
	case NODE_STRING:
		if (!s->is_generated)
			requests_scan_mention(s->m, s->file, n, s->out);
		break;
	case NODE_CLASS:
	case NODE_VAR:
	case NODE_FUNCTION:
	case NODE_LAMBDA:
		if (s->may_implement)
			requests_scan_implementing(s->m, s->file, n, s->out);
		break;
	default:
		break;
	}
}

/* The next node in source order that is no test inside a file that is none: #[cfg(test)] mod tests. */
static node_id next_node(const struct facts *f, node_id n)
{
	for (n++; n < f->node_count && node_has(f, n, FLAG_TEST);)
		n = f->nodes[n].next;
	return n;
}

static struct scanning scanning_of(const struct model *m, file_id file, struct scan *out)
{
	const struct model_file *at = model_file(m, file);
	return (struct scanning){ .m = m,
		.file = file,
		.f = &at->facts,
		.language = at->language,
		.is_generated = at->class == CLASS_GENERATED,
		.is_config = at->class == CLASS_CONFIG,
		.may_implement = model_is_production(m, file) && (LANGUAGES_NODE >> at->language & 1),
		.out = out };
}

void requests_scan(const struct model *m, const struct rpcs *rpcs, file_id file, struct scan *out)
{
	struct scanning s = scanning_of(m, file, out);
	struct arena scratch = { 0 };
	s.rpcs = rpcs;
	if (scans_all_calls(s.language) && s.f->node_count)
		mark_generated(&s, &scratch);
	for (node_id n = 0; (n = next_node(s.f, n)) < s.f->node_count;)
		(s.is_config ? scan_setting : scan_node)(&s, n);
	arena_release(&scratch);
}

/* ---- calls by name ---- */

/* `from api import get as fetch`: the names that these go by in the file. */
static void add_aliases(const struct facts *f, const struct str_map *names, struct str_map *aliases)
{
	for (uint32_t i = 0; i < f->import_count; i++)
		if (f->imports[i].local && f->imports[i].local != f->imports[i].imported &&
			str_map_get(names, facts_str(f, f->imports[i].imported)))
			str_map_put(aliases, facts_str(f, f->imports[i].local), 1, NULL);
}

void requests_scan_calls(const struct model *m, file_id file, const struct str_map *names, struct scan *out)
{
	struct scanning s = scanning_of(m, file, out);
	struct str_map aliases = { 0 };
	add_aliases(s.f, names, &aliases);
	for (node_id n = 0; (n = next_node(s.f, n)) < s.f->node_count;) {
		struct str last = node_kind(s.f, n) == NODE_CALL ? path_last(node_name(s.f, n)) : STR("");
		if (str_empty(last) || (!str_map_get(names, last) && !str_map_get(&aliases, last)))
			continue;
		struct meaning means = model_meaning(m, file, n);
		if (is_ours(means))
			add_calling(&s, n, means);
	}
	str_map_release(&aliases);
}
