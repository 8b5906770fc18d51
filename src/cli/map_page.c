/* The map as one page: src/cli/page/map.html with the map's JSON in it. */
#include "cli/map.h"

#include "report/encode.h"

extern const char page_map[];
extern const uint32_t page_map_len;

/* The place of the JSON: between the quotes of its element. */
static bool find_place(struct str page, uint32_t *start, uint32_t *end)
{
	static const char before[] = "id=\"data\">", after[] = "</script>";
	const char *at = memmem(page.ptr, page.len, before, sizeof(before) - 1);
	if (!at)
		return false;
	*start = (uint32_t)(at - page.ptr) + (uint32_t)sizeof(before) - 1;
	at = memmem(page.ptr + *start, page.len - *start, after, sizeof(after) - 1);
	*end = at ? (uint32_t)(at - page.ptr) : 0;
	return at != NULL;
}

/* JSON in HTML: no text of a repository may end the element that it stands in. */
static void add_harmless(struct buf *out, struct str json)
{
	for (uint32_t i = 0; i < json.len; i++)
		if (json.ptr[i] == '<')
			buf_add_text(out, "\\u003c");
		else
			buf_add_char(out, json.ptr[i]);
}

void map_print_html(struct project *p, const struct bylaw_result *result, struct buf *out)
{
	struct str page = { page_map, page_map_len };
	struct buf json = { 0 };
	uint32_t start, end;
	json_print(map_json(p, result), &json);
	if (find_place(page, &start, &end)) {
		buf_add(out, str_slice(page, 0, start));
		add_harmless(out, str_trim(buf_str(&json)));
		buf_add(out, str_slice(page, end, page.len));
	}
	buf_release(&json);
}
