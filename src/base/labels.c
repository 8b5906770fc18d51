/* Names of the public enumerations, from their lists. */
#include "bylaw/model.h"

static const struct {
	const char *id, *name;
} languages[] = { [LANGUAGE_NONE] = { "", "" },
#define X(ID, id, name, files) [LANGUAGE_##ID] = { #id, name },
	LANGUAGES(X)
#undef X
};

const char *language_name(enum language language)
{
	return languages[language].name;
}

const char *language_id(enum language language)
{
	return languages[language].id;
}

const char *skip_reason_text(enum skip_reason reason)
{
	static const char *const texts[] = {
#define X(id, text) text,
		SKIP_REASONS(X)
#undef X
	};
	return texts[reason];
}

const char *file_class_name(enum file_class class)
{
	static const char *const names[] = {
#define X(id, name) name,
		FILE_CLASSES(X)
#undef X
	};
	return names[class];
}

const char *ecosystem_name(enum ecosystem ecosystem)
{
	static const char *const names[] = {
#define X(ID, name) name,
		ECOSYSTEMS(X)
#undef X
	};
	return names[ecosystem];
}

const char *import_cause_text(enum import_cause cause)
{
	static const char *const texts[] = {
#define X(ID, words) words,
		IMPORT_CAUSES(X)
#undef X
	};
	return texts[cause];
}
