/* What there is to say about a line, for people: read from what is said as JSON, so that both say the same. */
#include "cli/explain.h"

#include "base/utf8.h"

enum { LONGEST_TEXT = 1024 };

static const char *text_of(const cJSON *object, const char *key)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, key));
	return text ? text : "";
}

static unsigned number_of(const cJSON *object, const char *key)
{
	const cJSON *number = cJSON_GetObjectItem(object, key);
	return number ? (unsigned)number->valueint : 0;
}

static void add_text(struct buf *out, const cJSON *object, const char *key)
{
	utf8_add_visible(out, str_from(text_of(object, key)), LONGEST_TEXT);
}

/* "path:line" of an object that has both. */
static void add_place(struct buf *out, const cJSON *place)
{
	add_text(out, place, "path");
	buf_printf(out, ":%u", number_of(place, "line"));
}

static const cJSON *list_of(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItem(object, key);
}

/* "layer: service (its name), orders.ts:3" */
static void add_layer(struct buf *out, const cJSON *owner)
{
	const cJSON *layer = cJSON_GetObjectItem(owner, "layer");
	buf_printf(out, "layer: %s (", text_of(layer, "name"));
	add_text(out, layer, "reason");
	buf_add_char(out, ')');
	if (cJSON_GetObjectItem(layer, "path")) {
		buf_add_text(out, ", ");
		add_place(out, layer);
	}
}

static void add_head(struct buf *out, const cJSON *root)
{
	const cJSON *class = cJSON_GetObjectItem(root, "class");
	add_place(out, root);
	buf_printf(out, "\nlanguage: %s\nclass: %s (%s)\n", text_of(root, "language"), text_of(class, "name"),
		text_of(class, "reason"));
	if (cJSON_GetObjectItem(root, "runsIn"))
		buf_printf(out, "runs in: %s, by its imports\n", text_of(root, "runsIn"));
	add_layer(out, root);
	buf_add_char(out, '\n');
}

static void add_declarations(struct buf *out, const cJSON *root)
{
	const cJSON *object;
	cJSON_ArrayForEach(object, list_of(root, "in"))
	{
		buf_printf(out, "in: %s ", text_of(object, "kind"));
		add_text(out, object, "name");
		buf_printf(out, "%sline %u", *text_of(object, "name") ? ", " : "", number_of(object, "line"));
		if (cJSON_GetObjectItem(object, "layer")) {
			buf_add_text(out, "; ");
			add_layer(out, object);
		}
		buf_add_char(out, '\n');
	}
}

static void add_facts(struct buf *out, const cJSON *root)
{
	const cJSON *object;
	const char *head = "facts:\n";
	cJSON_ArrayForEach(object, list_of(root, "facts"))
	{
		buf_printf(out, "%s  %u %s%s%s", head, number_of(object, "column"), text_of(object, "part"),
			*text_of(object, "part") ? ": " : "", text_of(object, "kind"));
		if (*text_of(object, "name")) {
			buf_add_text(out, " \"");
			add_text(out, object, "name");
			buf_add_char(out, '"');
		}
		buf_add_char(out, '\n');
		head = "";
	}
}

static void add_calls(struct buf *out, const cJSON *root)
{
	const cJSON *object;
	const char *head = "calls:\n";
	cJSON_ArrayForEach(object, list_of(root, "calls"))
	{
		const cJSON *means = cJSON_GetObjectItem(object, "means");
		buf_printf(out, "%s  %u ", head, number_of(object, "column"));
		add_text(out, object, "name");
		buf_printf(out, " → %s", text_of(means, "kind"));
		if (*text_of(means, "name")) {
			buf_add_char(out, ' ');
			add_text(out, means, "name");
		}
		if (cJSON_GetObjectItem(means, "path")) {
			buf_add_char(out, ' ');
			add_place(out, means);
		}
		buf_add_char(out, '\n');
		head = "";
	}
}

/* ---- the wire ---- */

static void add_landing(struct buf *out, const cJSON *request)
{
	const cJSON *lands = cJSON_GetObjectItem(request, "lands"), *on;
	if (!lands)
		return;
	buf_printf(out, "  lands on: %s", text_of(lands, "fit"));
	if (cJSON_GetObjectItem(lands, "servedFor"))
		buf_printf(out, "; that path is served for %s", text_of(lands, "servedFor"));
	buf_add_char(out, '\n');
	cJSON_ArrayForEach(on, list_of(lands, "on"))
	{
		buf_add_text(out, "    ");
		add_text(out, on, "endpoint");
		buf_add_text(out, "  ");
		add_place(out, cJSON_GetObjectItem(on, "at"));
		buf_add_char(out, '\n');
	}
}

static void add_chain(struct buf *out, const cJSON *part)
{
	const cJSON *step;
	cJSON_ArrayForEach(step, list_of(part, "chain"))
	{
		bool down = strcmp(text_of(step, "direction"), "down") == 0;
		buf_printf(out, "    %s %-10s ", down ? "->" : "<-", text_of(step, "column"));
		add_text(out, step, "name");
		buf_add_text(out, "  ");
		add_place(out, cJSON_GetObjectItem(step, "at"));
		buf_add_char(out, '\n');
	}
}

static void add_parts(struct buf *out, const cJSON *root, const char *key, const char *word)
{
	const cJSON *part;
	cJSON_ArrayForEach(part, list_of(root, key))
	{
		buf_printf(out, "%s: %s ", word, text_of(part, "methods"));
		add_text(out, part, "path");
		buf_add_text(out, "  ");
		add_place(out, cJSON_GetObjectItem(part, "at"));
		buf_add_char(out, '\n');
		add_landing(out, part);
		add_chain(out, part);
	}
}

/* ---- rules ---- */

static void add_findings(struct buf *out, const cJSON *root)
{
	const cJSON *finding, *note;
	cJSON_ArrayForEach(finding, list_of(root, "findings"))
	{
		add_place(out, cJSON_GetObjectItem(finding, "at"));
		buf_printf(out, ": %s[%s] ", text_of(finding, "severity"), text_of(finding, "rule"));
		add_text(out, finding, "message");
		if (cJSON_GetObjectItem(finding, "suppressed")) {
			buf_add_text(out, " (suppressed: ");
			add_text(out, finding, "suppressed");
			buf_add_char(out, ')');
		}
		buf_add_char(out, '\n');
		cJSON_ArrayForEach(note, list_of(finding, "notes"))
		{
			buf_add_text(out, "  ");
			add_place(out, note);
			buf_add_text(out, ": ");
			add_text(out, note, "message");
			buf_add_char(out, '\n');
		}
	}
}

static void add_abstentions(struct buf *out, const cJSON *root)
{
	const cJSON *abstention;
	cJSON_ArrayForEach(abstention, list_of(root, "abstentions"))
	{
		buf_printf(out, "%s abstains: ", text_of(abstention, "rule"));
		add_text(out, abstention, "reason");
		buf_add_char(out, '\n');
	}
}

void explain_print(const cJSON *place, struct buf *out)
{
	add_head(out, place);
	add_declarations(out, place);
	add_facts(out, place);
	add_calls(out, place);
	add_parts(out, place, "requests", "request");
	add_parts(out, place, "endpoints", "endpoint");
	add_findings(out, place);
	add_abstentions(out, place);
	if (!cJSON_GetArraySize(list_of(place, "findings")))
		buf_add_text(out, "no rule has found anything here\n");
}
