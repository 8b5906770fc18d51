/* Calls on generated gRPC clients: pb.NewGreeterClient(conn).SayHello, GreeterStub(channel).SayHello, GreeterClient::new(…). */
#include "wire/requests.h"

/* sayHello, SayHello and say_hello are one name. */
static struct str plain_name(struct str name, char space[128])
{
	uint32_t len = 0;
	for (uint32_t i = 0; i < name.len && len < 128; i++) {
		char c = name.ptr[i];
		if (c != '_')
			space[len++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
	}
	return (struct str){ space, len };
}

static void add_rpc(struct rpcs *rpcs, file_id file, const struct facts *f, node_id service, node_id function)
{
	char space[128];
	struct str name = arena_str(&rpcs->arena, plain_name(node_name(f, function), space));
	uint32_t *first = str_map_put(&rpcs->by_name, name, 0, NULL);
	struct rpc rpc = { file, service, function, *first };
	vec_push(&rpcs->list, rpc);
	*first = rpcs->list.count;
}

void rpcs_find(struct rpcs *rpcs, const struct model *m)
{
	for (file_id file = 0; file < model_file_count(m); file++) {
		const struct facts *f = &model_file(m, file)->facts;
		if (model_file(m, file)->language != LANGUAGE_PROTO || !f->node_count)
			continue;
		facts_each_child(f, 0, service)
			if (node_kind(f, service) == NODE_INTERFACE)
				facts_each_child(f, service, function)
					if (node_kind(f, function) == NODE_FUNCTION)
						add_rpc(rpcs, file, f, service, function);
	}
}

void rpcs_release(struct rpcs *rpcs)
{
	vec_release(&rpcs->list);
	str_map_release(&rpcs->by_name);
	arena_release(&rpcs->arena);
}

struct str rpc_path(struct arena *arena, const struct model *m, const struct rpc *rpc)
{
	const struct facts *f = &model_file(m, rpc->file)->facts;
	node_id package = node_child_of_kind(f, 0, NODE_NAMESPACE);
	struct str name = package ? node_name(f, package) : STR("");
	return arena_printf(arena, "%.*s%s%.*s/%.*s", STR_ARG(name), name.len ? "." : "",
		STR_ARG(node_name(f, rpc->service)), STR_ARG(node_name(f, rpc->function)));
}

/* ---- what a client is called ---- */

/* NewGreeterClient, GreeterClient, GreeterStub → Greeter; empty for what is no client. */
static struct str service_of_client(struct str name)
{
	static const char *const ends[] = { "AsyncClient", "BlockingStub", "FutureStub", "AsyncStub", "Client",
		"Stub" };
	bool is_constructor = str_starts(name, STR("New"));
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		struct str end = str_from(ends[i]);
		if (str_ends(name, end) && name.len > end.len)
			return str_slice(name, is_constructor ? 3 : 0, name.len - end.len);
	}
	return STR("");
}

/* The segment of a path that names a client: `pb.NewGreeterClient`, `greeter_client::GreeterClient::connect`. */
static struct str service_in_path(struct str path)
{
	struct str service = service_of_client(path_last(path));
	return str_empty(service) ? service_of_client(path_last(path_parent(path))) : service;
}

/* Behind `await`, `?`, `&` and casts. */
static node_id bare(const struct facts *f, node_id value)
{
	static const uint64_t covers = KIND(AWAIT) | KIND(UNWRAP) | KIND(UNARY) | KIND(CAST);
	while (value && (covers >> f->nodes[value].kind & 1))
		value = value + 1 < f->nodes[value].next ? value + 1 : 0;
	return value;
}

/* By the type of a declaration, or what it is set to. A tonic client may be built in steps: `X::new(…).max_size(…)`. */
static struct str service_of_value(const struct facts *f, node_id value)
{
	struct str service = STR("");
	for (value = bare(f, value); value && node_kind(f, value) == NODE_CALL && str_empty(service);
		value = bare(f, node_child(f, value, PART_OBJECT)))
		service = service_in_path(node_name(f, value));
	return service;
}

static struct str service_of_declaration(const struct facts *f, node_id declaration)
{
	node_id type = node_child(f, declaration, PART_TYPE);
	for (; type && str_empty(service_in_path(node_name(f, type))); type = node_child_of_kind(f, type, NODE_TYPE))
		;
	if (type)
		return service_in_path(node_name(f, type));
	if (f->nodes[declaration].part == PART_TARGET)
		declaration = f->nodes[declaration].parent;
	return service_of_value(f, node_child(f, declaration, PART_VALUE));
}

static struct str service_called(const struct model *m, file_id file, node_id call)
{
	const struct facts *f = &model_file(m, file)->facts;
	node_id object = node_child(f, call, PART_OBJECT);
	struct str owner = path_parent(node_name(f, call));
	if (object && node_kind(f, object) != NODE_NAME)
		return service_of_value(f, object);
	if (str_empty(owner))
		return STR("");
	struct meaning means = model_path_meaning(m, file, call, owner);
	if (means.kind == MEANS_LIBRARY)
		return service_in_path(means.name);
	if (means.kind != MEANS_LOCAL && means.kind != MEANS_DECLARATION)
		return STR("");
	return service_of_declaration(&model_file(m, means.file)->facts, means.node);
}

/* Copies of one proto say the same. */
static bool same_package(const struct model *m, const struct rpc *a, const struct rpc *b)
{
	const struct facts *left = &model_file(m, a->file)->facts, *right = &model_file(m, b->file)->facts;
	node_id in = node_child_of_kind(left, 0, NODE_NAMESPACE), of = node_child_of_kind(right, 0, NODE_NAMESPACE);
	return str_eq(in ? node_name(left, in) : STR(""), of ? node_name(right, of) : STR(""));
}

const struct rpc *rpc_of_call(const struct rpcs *rpcs, const struct model *m, file_id file, node_id call)
{
	const struct facts *f = &model_file(m, file)->facts;
	char space[128];
	struct str method = path_last(node_name(f, call));
	const uint32_t *first = rpcs->list.count ? str_map_get(&rpcs->by_name, plain_name(method, space)) : NULL;
	struct str service = first ? service_called(m, file, call) : STR("");
	const struct rpc *found = NULL;
	for (uint32_t i = first && service.len ? *first : 0; i; i = rpcs->list.items[i - 1].next) {
		const struct rpc *rpc = &rpcs->list.items[i - 1];
		const struct facts *proto = &model_file(m, rpc->file)->facts;
		if (!str_eq(node_name(proto, rpc->service), service))
			continue;
		if (found && !same_package(m, found, rpc))
			return NULL; /* which of the two is not told */
		found = rpc;
	}
	return found;
}
