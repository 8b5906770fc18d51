/*
 * Examples that are no examples: what the program imports is a part of it, whatever its folder is called (a module of a
 * boilerplate that shows how it is done is served with the rest). Pages of documentation show components; those stay what they are.
 */
#include "model/internal.h"

struct promoting {
	struct model *m;
	VEC(file_id) queue;
};

static void promote(struct promoting *p, file_id importer, file_id file)
{
	struct model_file *f = &p->m->files[file];
	if (f->class != CLASS_EXAMPLE || f->language == LANGUAGE_TSX || f->package != p->m->files[importer].package)
		return;
	f->class = CLASS_PRODUCTION;
	f->class_reason = "imported by production code";
	vec_push(&p->queue, file);
}

static void follow(struct promoting *p, file_id file)
{
	const struct facts *f = &p->m->files[file].facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		struct import_link link = p->m->indexes[file].links[i];
		if (link.target == IMPORT_FILE)
			promote(p, file, link.file);
		if (link.target != IMPORT_PACKAGE)
			continue;
		const struct go_package *package = &p->m->go_packages.items[link.package];
		for (uint32_t k = 0; k < package->files.count; k++)
			promote(p, file, package->files.items[k]);
	}
	for (uint32_t i = 0; i < f->export_count; i++) {
		struct import_link link = model_reexport(p->m, file, i);
		if (link.target == IMPORT_FILE)
			promote(p, file, link.file);
	}
}

void model_find_used_examples(struct model *m)
{
	struct promoting p = { .m = m };
	for (file_id file = 0; file < m->file_count; file++)
		if (model_is_production(m, file))
			follow(&p, file);
	for (uint32_t i = 0; i < p.queue.count; i++)
		follow(&p, p.queue.items[i]);
	vec_release(&p.queue);
}
