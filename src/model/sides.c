/*
 * Which side of the wire a file's code runs on, as far as imports tell: what a server imports runs in the server, what a
 * user interface imports runs in the browser, and some files run in both.
 */
#include "model/internal.h"

struct spreading {
	struct model *m;
	bool *found; /* packages with a file that imports what serves */
	bool *opens; /* packages with a file that renders into the page: there the browser's code begins, and nowhere else */
	VEC(file_id) queue;
};

static bool is_judged(const struct model *m, file_id file)
{
	return (LANGUAGES_NODE >> m->files[file].language & 1) && model_is_production(m, file);
}

static void mark(struct spreading *s, file_id file, enum side side)
{
	if (s->m->sides[file] & (uint8_t)side)
		return;
	s->m->sides[file] |= (uint8_t)side;
	vec_push(&s->queue, file);
}

/* From the files where a side starts to all that they import. */
static void spread(struct spreading *s, enum side side, bool (*starts)(const struct spreading *s, file_id file))
{
	s->queue.count = 0;
	for (file_id file = 0; file < s->m->file_count; file++)
		if (is_judged(s->m, file) && starts(s, file))
			mark(s, file, side);
	const struct file_links *imported = &s->m->imported;
	for (uint32_t i = 0; i < s->queue.count; i++)
		for (uint32_t l = imported->first[s->queue.items[i]]; l < imported->first[s->queue.items[i] + 1]; l++)
			mark(s, imported->items[l], side);
}

static void find_servers(struct spreading *s)
{
	const struct model *m = s->m;
	for (file_id file = 0; file < m->file_count; file++)
		if (m->files[file].package != NO_PACKAGE && is_judged(m, file))
			s->found[m->files[file].package] |= file_imports_role(m, file, ROLE_WEB_SERVER);
}

/* Where a package depends on what serves and no file of it says which one does, each may. */
static bool serves(const struct spreading *s, file_id file)
{
	package_id package = s->m->files[file].package;
	bool unknown = package != NO_PACKAGE && !s->found[package] &&
		       package_has_role(s->m, package, ROLE_WEB_SERVER) &&
		       !package_has_role(s->m, package, ROLE_WEB_CLIENT_UI);
	return unknown || file_imports_role(s->m, file, ROLE_WEB_SERVER);
}

static bool is_page(struct str name)
{
	return str_is(name, "document") || str_is(name, "window");
}

/* Does it take something from the page? `typeof window` only asks where it runs. */
static bool uses_the_page(const struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	bool named = false;
	for (uint32_t id = 1; id < f->string_count && !named; id++)
		named = is_page(path_first(facts_str(f, id)));
	for (node_id n = 1; named && n < f->node_count; n++) {
		struct str name = node_name(f, n), first = path_first(name);
		bool is_use = (KIND(CALL) | KIND(NAME)) >> f->nodes[n].kind & 1;
		if (is_use && is_page(first) && first.len < name.len && !str_starts(name, STR("window.console")) &&
			!model_binding(m, file, n, first))
			return true;
	}
	return false;
}

static bool renders(const struct model *m, file_id file)
{
	return m->files[file].language == LANGUAGE_COMPONENT || file_imports_role(m, file, ROLE_WEB_CLIENT_UI);
}

/* createRoot(document.getElementById("root")), in a package whose pages no framework opens by itself */
static void find_openers(struct spreading *s)
{
	const struct model *m = s->m;
	for (file_id file = 0; file < m->file_count; file++) {
		package_id package = m->files[file].package;
		if (package != NO_PACKAGE && !s->opens[package] && s->found[package] && is_judged(m, file) &&
			!(m->sides[file] & SIDE_SERVER) && !package_has_role(m, package, ROLE_FILE_ROUTES))
			s->opens[package] = renders(m, file) && uses_the_page(m, file);
	}
}

/*
 * An interface that the server imports is rendered there (mails, first pages), with all that it imports; so may one be that what
 * opens the page does not lead to.
 */
static bool is_interface(const struct spreading *s, file_id file)
{
	package_id package = s->m->files[file].package;
	bool rendered = (s->m->sides[file] & SIDE_SERVER) || (package != NO_PACKAGE && s->opens[package]);
	return (!rendered && renders(s->m, file)) ||
	       (!file_imports_role(s->m, file, ROLE_WEB_SERVER) && uses_the_page(s->m, file));
}

void model_find_sides(struct model *m)
{
	struct arena scratch = { 0 };
	struct spreading s = { .m = m,
		.found = arena_array(&scratch, bool, m->packages.count),
		.opens = arena_array(&scratch, bool, m->packages.count) };
	m->sides = arena_array(&m->arena, uint8_t, m->file_count);
	find_servers(&s);
	spread(&s, SIDE_SERVER, serves);
	find_openers(&s);
	spread(&s, SIDE_BROWSER, is_interface);
	vec_release(&s.queue);
	arena_release(&scratch);
}

uint32_t model_sides(const struct model *m, file_id file)
{
	return m->sides[file];
}

bool model_in_server(const struct model *m, file_id file)
{
	const struct model_file *at = &m->files[file];
	if (!(LANGUAGES_NODE >> at->language & 1))
		return true;
	if ((LANGUAGES_UI >> at->language & 1) || file_imports_role(m, file, ROLE_WEB_CLIENT_UI) ||
		(m->sides[file] & SIDE_BROWSER))
		return false;
	return !package_has_role(m, at->package, ROLE_WEB_CLIENT_UI) || (m->sides[file] & SIDE_SERVER);
}
