#include "parse/text.h"

static void add_utf8(struct buf *out, uint32_t code)
{
	if (code < 0x80) {
		buf_add_char(out, (char)code);
	} else if (code < 0x800) {
		buf_add_char(out, (char)(0xc0 | code >> 6));
		buf_add_char(out, (char)(0x80 | (code & 0x3f)));
	} else if (code >= 0xd800 && code < 0xe000) {
		buf_add_text(out, "\xef\xbf\xbd"); /* half a surrogate pair stands for nothing */
	} else if (code < 0x10000) {
		buf_add_char(out, (char)(0xe0 | code >> 12));
		buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
		buf_add_char(out, (char)(0x80 | (code & 0x3f)));
	} else if (code < 0x110000) {
		buf_add_char(out, (char)(0xf0 | code >> 18));
		buf_add_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
		buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
		buf_add_char(out, (char)(0x80 | (code & 0x3f)));
	}
}

/* Reads up to `most` digits of the base at *i; moves *i behind them. */
static uint32_t read_digits(struct str text, uint32_t *i, uint32_t base, uint32_t most)
{
	uint32_t value = 0;
	for (uint32_t n = 0; n < most && *i < text.len; n++, (*i)++) {
		char c = text.ptr[*i];
		uint32_t digit = char_is_digit(c)       ? (uint32_t)(c - '0')
				 : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
				 : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
							: 99;
		if (digit >= base)
			break;
		value = value * base + digit;
	}
	return value;
}

/* JSON and JavaScript write what lies beyond 16 bits as two \u escapes; *i stands behind the first one's
 * digits. */
static uint32_t join_surrogates(struct str text, uint32_t *i, uint32_t high)
{
	if (high < 0xd800 || high >= 0xdc00 || !str_starts(str_slice(text, *i, text.len), STR("\\u")))
		return high;
	uint32_t behind = *i + 2;
	uint32_t low = read_digits(text, &behind, 16, 4);
	if (low < 0xdc00 || low >= 0xe000)
		return high;
	*i = behind;
	return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* Decodes the escape whose letter stands at text[i]; returns the offset behind it. */
static uint32_t decode_escape(struct buf *out, struct str text, uint32_t i)
{
	static const char plain[] = "abfnrtv", meant[] = "\a\b\f\n\r\t\v";
	char c = text.ptr[i];
	const char *letter = memchr(plain, c, sizeof(plain) - 1);
	if (letter) {
		buf_add_char(out, meant[letter - plain]);
		return i + 1;
	}
	if (c >= '0' && c <= '7') {
		add_utf8(out, read_digits(text, &i, 8, 3));
		return i;
	}
	if (c != 'x' && c != 'u' && c != 'U') {
		if (c != '\n') /* a line continued */
			buf_add_char(out, c);
		return i + 1;
	}
	i++;
	bool braces = i < text.len && text.ptr[i] == '{';
	i += braces;
	uint32_t code = read_digits(text, &i, 16, braces ? 6 : c == 'x' ? 2 : c == 'u' ? 4 : 8);
	add_utf8(out, braces ? code : join_surrogates(text, &i, code));
	return i + (braces && i < text.len && text.ptr[i] == '}');
}

struct str text_decode(struct buf *scratch, struct str text)
{
	if (str_find(text, '\\') == UINT32_MAX)
		return text;
	buf_clear(scratch);
	for (uint32_t i = 0; i < text.len;) {
		if (text.ptr[i] == '\\' && i + 1 < text.len)
			i = decode_escape(scratch, text, i + 1);
		else
			buf_add_char(scratch, text.ptr[i++]);
	}
	return buf_str(scratch);
}

/* A stretch that was parsed again can end in a suffix the file does not have. */
static uint32_t in_file(const struct facts_builder *b, uint32_t at)
{
	return at < b->source_len ? at : b->source_len;
}

/* Does anything but blanks stand before it on its line? */
static bool is_trailing(struct str source, uint32_t start)
{
	for (uint32_t i = start; i > 0 && source.ptr[i - 1] != '\n'; i--)
		if (source.ptr[i - 1] != ' ' && source.ptr[i - 1] != '\t')
			return true;
	return false;
}

void text_comment(struct facts_builder *b, struct str source, uint32_t start, uint32_t end, uint32_t offset)
{
	struct str text = str_slice(source, start, end);
	if (str_starts(text, STR("/*")) && str_ends(text, STR("*/")) && text.len >= 4)
		text = str_slice(text, 2, text.len - 2);
	while (text.len && (text.ptr[0] == '/' || text.ptr[0] == '#' || text.ptr[0] == '*' || text.ptr[0] == '!'))
		text = str_slice(text, 1, text.len);
	struct comment comment = { .start = in_file(b, offset + start),
		.end = in_file(b, offset + end),
		.text = facts_string(b, str_trim(text)),
		.trailing = is_trailing(source, start) };
	vec_push(&b->comments, comment);
}
