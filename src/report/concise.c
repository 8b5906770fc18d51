/* One line a finding, for editors and grep. */
#include "report/formats.h"

#include "base/utf8.h"
#include "config/config.h"

enum { MESSAGE = 600, PATH = 4096 };

static void add_line(struct buf *out, const struct finding *f)
{
	const struct place *place = &f->place;
	utf8_add_visible(out, place->path, PATH);
	buf_printf(out, ":%u:%u: %s[%s] ", place->line ? place->line : 1, place->column ? place->column : 1,
		severity_name(f->severity), f->rule->id);
	utf8_add_visible(out, f->message, MESSAGE);
	buf_add_char(out, '\n');
}

void format_concise(const struct report *r, const struct format_options *options, struct buf *out)
{
	(void)options;
	for (uint32_t i = 0; i < r->findings.count; i++)
		if (r->findings.items[i]->suppression == NOT_SUPPRESSED)
			add_line(out, r->findings.items[i]);
}
