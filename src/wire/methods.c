#include "bylaw/wire.h"

#include "wire/reading.h"

#include <stdio.h>

static const struct {
	const char *name;
	uint32_t bit;
} rows[] = {
	{ "GET", METHOD_GET },
	{ "HEAD", METHOD_HEAD },
	{ "POST", METHOD_POST },
	{ "PUT", METHOD_PUT },
	{ "PATCH", METHOD_PATCH },
	{ "DELETE", METHOD_DELETE },
	{ "OPTIONS", METHOD_OPTIONS },
	{ "TRACE", METHOD_TRACE },
	{ "CONNECT", METHOD_CONNECT },
	{ "QUERY", METHOD_QUERY },
	{ "ANY", METHOD_ANY },
	{ "ALL", METHOD_ANY },
};

const char *protocol_name(enum protocol protocol)
{
	static const char *const names[PROTOCOL_COUNT] = { [PROTOCOL_HTTP] = "http",
		[PROTOCOL_GRPC] = "grpc",
		[PROTOCOL_GRAPHQL] = "graphql",
		[PROTOCOL_WEBSOCKET] = "websocket",
		[PROTOCOL_MESSAGE] = "message" };
	return names[protocol];
}

uint32_t http_method(struct str name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_eq_nocase(name, str_from(rows[i].name)))
			return rows[i].bit;
	return 0;
}

struct str http_methods_text(uint32_t methods, char space[64])
{
	int len = 0;
	space[0] = '\0';
	if (methods == METHOD_ANY)
		return STR("ANY");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows) && rows[i].bit != METHOD_ANY; i++)
		if (methods & rows[i].bit)
			len += snprintf(space + len, (size_t)(64 - len), "%s%s", len ? ", " : "", rows[i].name);
	return str_from(space);
}

/* Methods of WebDAV, which are none of ours. */
static bool is_foreign_method(struct str name)
{
	static const char *const names[] = { "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK",
		"REPORT" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

/* "POST"; "*"; a library's constant is a hole by its name: {MethodPost}, {POST}. Any method where the text is not known. */
uint32_t method_named(struct str text)
{
	if (str_is(text, "*"))
		return METHOD_ANY;
	if (!str_starts(text, STR("{")))
		return http_method(text);
	struct str name = str_slice(text, 1, text.len - 1);
	if (str_starts(name, STR("Method")))
		name = str_slice(name, 6, name.len);
	uint32_t method = http_method(name);
	return method || is_foreign_method(name) ? method : (uint32_t)METHOD_ANY;
}
