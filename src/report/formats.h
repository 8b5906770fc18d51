/* The formats of format.c, one file each. */
#ifndef BYLAW_REPORT_FORMATS_H
#define BYLAW_REPORT_FORMATS_H

#include "report/format.h"

void format_text(const struct report *r, const struct format_options *options, struct buf *out);
void format_concise(const struct report *r, const struct format_options *options, struct buf *out);
void format_json(const struct report *r, const struct format_options *options, struct buf *out);
void format_sarif(const struct report *r, const struct format_options *options, struct buf *out);

/* A stable id for why a file was not read whole: that of its reason, or "parse/partial". */
const char *skip_id(const struct skipped_file *s);

#endif
