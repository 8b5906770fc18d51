#include "report/encode.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdio.h>

void json_set(cJSON *object, const char *key, cJSON *value)
{
	cJSON_AddItemToObjectCS(object, key, value);
}

void json_text(cJSON *object, const char *key, struct str text)
{
	struct buf valid = { 0 };
	utf8_add_valid(&valid, text);
	json_set(object, key, cJSON_CreateString(buf_cstr(&valid)));
	buf_release(&valid);
}

void json_number(cJSON *object, const char *key, uint32_t number)
{
	json_set(object, key, cJSON_CreateNumber(number));
}

cJSON *json_object(cJSON *object, const char *key)
{
	cJSON *value = cJSON_CreateObject();
	json_set(object, key, value);
	return value;
}

cJSON *json_array(cJSON *object, const char *key)
{
	cJSON *value = cJSON_CreateArray();
	json_set(object, key, value);
	return value;
}

cJSON *json_item(cJSON *array)
{
	cJSON *value = cJSON_CreateObject();
	cJSON_AddItemToArray(array, value);
	return value;
}

void json_print(cJSON *root, struct buf *out)
{
	char *text = cJSON_PrintUnformatted(root);
	if (!text)
		mem_exhausted();
	buf_add_text(out, text);
	buf_add_char(out, '\n');
	cJSON_free(text);
	cJSON_Delete(root);
}

static bool is_unreserved(char c)
{
	return char_is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void uri_add(struct buf *out, struct str path)
{
	struct str part;
	bool first = true;
	while (str_split(&path, '/', &part)) {
		if (!part.len || str_is(part, ".") || str_is(part, ".."))
			continue;
		buf_add_text(out, first ? "" : "/");
		first = false;
		for (uint32_t i = 0; i < part.len; i++) {
			if (is_unreserved(part.ptr[i]))
				buf_add_char(out, part.ptr[i]);
			else
				buf_printf(out, "%%%02X", (unsigned)(uint8_t)part.ptr[i]);
		}
	}
}
