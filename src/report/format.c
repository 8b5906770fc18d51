#include "report/format.h"

#include "report/formats.h"

/* name, function */
#define FORMATS(X) X(text) X(concise) X(json) X(sarif)

static const struct format formats[] = {
#define X(id) { #id, format_##id },
	FORMATS(X)
#undef X
};

const struct format *format_find(struct str name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (str_is(name, formats[i].name))
			return &formats[i];
	return NULL;
}

const char *format_names(void)
{
	static const char names[] =
#define X(id) ", " #id
		FORMATS(X)
#undef X
		;
	return names + 2;
}

const char *skip_id(const struct skipped_file *s)
{
	return s->reason == SKIP_NONE ? "parse/partial" : skip_reason_text(s->reason);
}
