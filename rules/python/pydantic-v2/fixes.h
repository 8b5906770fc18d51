/* What python/pydantic-v2 offers as fixes: rewrites that are certain as a whole. Where one is not, nothing is offered. */
#ifndef BYLAW_RULES_PYDANTIC_V2_FIXES_H
#define BYLAW_RULES_PYDANTIC_V2_FIXES_H

#include <bylaw/rule.h>

/* A decorator of V1 becomes that of V2, above a class method. */
void pydantic_fix_validator(
	struct rule_context *c, struct finding *finding, node_id decorator, const struct library_entry *entry);
/* class Config becomes model_config. */
void pydantic_fix_config(struct rule_context *c, struct finding *finding, node_id class_node);
/* An argument of Field and its like gets its new name. */
void pydantic_fix_argument(
	struct rule_context *c, struct finding *finding, node_id pair, const struct library_entry *entry);
/* An imported name that nothing uses goes; a function that became a method is called as that. */
void pydantic_fix_import(
	struct rule_context *c, struct finding *finding, uint32_t import, const struct library_entry *entry);
/* Does nothing use the i-th import of the file, and no other file take it from there? */
bool pydantic_import_is_unused(const struct rule_context *c, uint32_t import);

#endif
