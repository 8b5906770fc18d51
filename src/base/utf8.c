#include "base/utf8.h"

struct range {
	uint32_t first, last;
};

/* What may stand second after a leading byte; the Unicode standard's table 3-7. */
static const struct lead {
	uint8_t first, last;
	uint8_t length;
	uint8_t low, high;
} leads[] = {
	{ 0xC2, 0xDF, 2, 0x80, 0xBF },
	{ 0xE0, 0xE0, 3, 0xA0, 0xBF },
	{ 0xE1, 0xEC, 3, 0x80, 0xBF },
	{ 0xED, 0xED, 3, 0x80, 0x9F },
	{ 0xEE, 0xEF, 3, 0x80, 0xBF },
	{ 0xF0, 0xF0, 4, 0x90, 0xBF },
	{ 0xF1, 0xF3, 4, 0x80, 0xBF },
	{ 0xF4, 0xF4, 4, 0x80, 0x8F },
};

/* Sorted. C0, C1, line separators, direction marks and overrides, the invisible and the tag characters. */
static const struct range unsafe[] = {
	{ 0x00, 0x1F },
	{ 0x7F, 0x9F },
	{ 0xAD, 0xAD },
	{ 0x61C, 0x61C },
	{ 0x180E, 0x180E },
	{ 0x200B, 0x200B },
	{ 0x200E, 0x200F },
	{ 0x2028, 0x202E },
	{ 0x2060, 0x2069 },
	{ 0xFEFF, 0xFEFF },
	{ 0xFFF9, 0xFFFB },
	{ 0xE0000, 0xE0FFF },
};

static const struct range zero_width[] = {
	{ 0x300, 0x36F },
	{ 0x483, 0x489 },
	{ 0x591, 0x5BD },
	{ 0x64B, 0x65F },
	{ 0x200C, 0x200D },
	{ 0x20D0, 0x20FF },
	{ 0xFE00, 0xFE0F },
	{ 0xFE20, 0xFE2F },
};

static const struct range wide[] = {
	{ 0x1100, 0x115F },
	{ 0x2E80, 0x303E },
	{ 0x3041, 0x33FF },
	{ 0x3400, 0x4DBF },
	{ 0x4E00, 0x9FFF },
	{ 0xA000, 0xA4CF },
	{ 0xA960, 0xA97F },
	{ 0xAC00, 0xD7A3 },
	{ 0xF900, 0xFAFF },
	{ 0xFE30, 0xFE6F },
	{ 0xFF00, 0xFF60 },
	{ 0xFFE0, 0xFFE6 },
	{ 0x1F300, 0x1F64F },
	{ 0x1F680, 0x1F6FF },
	{ 0x1F900, 0x1F9FF },
	{ 0x20000, 0x3FFFD },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool in_ranges(uint32_t code, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count && ranges[i].first <= code; i++)
		if (code <= ranges[i].last)
			return true;
	return false;
}

static const struct lead *find_lead(uint8_t byte)
{
	for (size_t i = 0; i < COUNT(leads); i++)
		if (byte >= leads[i].first && byte <= leads[i].last)
			return &leads[i];
	return NULL;
}

uint32_t utf8_next(struct str s, uint32_t at, uint32_t *code)
{
	const uint8_t *bytes = (const uint8_t *)s.ptr + at;
	uint32_t left = s.len - at;
	if (bytes[0] < 0x80) {
		*code = bytes[0];
		return 1;
	}
	const struct lead *lead = find_lead(bytes[0]);
	*code = UTF8_BAD;
	if (!lead || left < 2 || bytes[1] < lead->low || bytes[1] > lead->high)
		return 1;
	uint32_t value = ((uint32_t)bytes[0] & (0x7Fu >> lead->length)) << 6 | (bytes[1] & 0x3Fu);
	for (uint32_t i = 2; i < lead->length; i++) {
		if (i >= left || (bytes[i] & 0xC0) != 0x80)
			return i;
		value = value << 6 | (bytes[i] & 0x3Fu);
	}
	*code = value;
	return lead->length;
}

uint32_t utf8_utf16_length(struct str s)
{
	uint32_t units = 0, code;
	for (uint32_t at = 0; at < s.len; at += utf8_next(s, at, &code), units++)
		if (((uint8_t)s.ptr[at] & 0xF8) == 0xF0 && utf8_next(s, at, &code) == 4 && code != UTF8_BAD)
			units++;
	return units;
}

uint32_t utf8_columns(uint32_t code)
{
	if (code < 0x300)
		return 1;
	if (in_ranges(code, zero_width, COUNT(zero_width)))
		return 0;
	return in_ranges(code, wide, COUNT(wide)) ? 2 : 1;
}

bool utf8_is_unsafe(uint32_t code)
{
	return in_ranges(code, unsafe, COUNT(unsafe));
}

void utf8_add_valid(struct buf *out, struct str s)
{
	uint32_t from = 0, code;
	for (uint32_t at = 0; at < s.len;) {
		uint32_t length = utf8_next(s, at, &code);
		if (code == UTF8_BAD || code == 0) {
			buf_add(out, str_slice(s, from, at));
			buf_add(out, STR("\xEF\xBF\xBD"));
			from = at + length;
		}
		at += length;
	}
	buf_add(out, str_slice(s, from, s.len));
}

void utf8_add_visible_code(struct buf *out, uint32_t code, struct str bytes)
{
	if (code == UTF8_BAD || code < 0x20 || code == 0x7F)
		for (uint32_t i = 0; i < bytes.len; i++)
			buf_printf(out, "\\x%02x", (unsigned)(uint8_t)bytes.ptr[i]);
	else if (utf8_is_unsafe(code))
		buf_printf(out, "\\u{%x}", code);
	else
		buf_add(out, bytes);
}

void utf8_add_visible(struct buf *out, struct str s, uint32_t limit)
{
	uint32_t code, length;
	for (uint32_t at = 0; at < s.len; at += length, limit--) {
		if (limit == 0) {
			buf_add(out, STR("…"));
			return;
		}
		length = utf8_next(s, at, &code);
		utf8_add_visible_code(out, code, str_slice(s, at, at + length));
	}
}
