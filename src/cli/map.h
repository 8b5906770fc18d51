/* The formats of bylaw map. */
#ifndef BYLAW_CLI_MAP_H
#define BYLAW_CLI_MAP_H

#include "bylaw.h"
#include "cli/project.h"

#include <cjson/cJSON.h>

typedef void print_map(struct project *p, const struct bylaw_result *result, struct buf *out);

print_map map_print_text; /* endpoints with who uses them and what they reach; requests that nothing serves */
print_map map_print_json; /* everything */
print_map map_print_dot; /* Graphviz */
print_map map_print_mermaid;
print_map map_print_html; /* one page that needs nothing else */

/* ---- what they share ---- */

/* Is the part in what the user asked to see? */
bool map_wants_part(struct project *p, const struct bylaw_result *result, uint32_t part);
/* "GET, POST", "grpc"; "" for parts that are neither endpoint nor request. */
struct str map_part_methods(const struct wire *w, const struct chain_part *part, char space[64]);
/* The path of an endpoint or request; "" for other parts. */
struct str map_part_path(const struct wire *w, const struct chain_part *part);
uint32_t map_line(const struct model *m, file_id file, node_id node);
/* The links between parts, by their ends; free them. */
struct map_links *map_links_new(const struct wire *w);
void map_links_free(struct map_links *links);
/* Does the part use anything? */
bool map_leads_on(const struct map_links *links, uint32_t part);
/* Each part on one side of a part, once, the nearest first: what it uses (`down`), or what uses it. */
void map_each_step(
	struct map_links *links, uint32_t part, bool down, void (*step)(void *context, uint32_t part), void *context);
/* The whole map; the caller prints or deletes it. */
cJSON *map_json(struct project *p, const struct bylaw_result *result);

#endif
