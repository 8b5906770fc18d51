/* Reading what an expression says: the steps that the text_*.c files take together. */
#ifndef BYLAW_MODEL_TEXT_H
#define BYLAW_MODEL_TEXT_H

#include "base/buf.h"
#include "model/internal.h"

struct reading {
	const struct model *model;
	struct buf text;
	struct arena scratch; /* member paths put together on the way */
	const struct text_call *calls; /* what the expression being read is looked at from */
	struct text *answer; /* what is noted beside the text */
	bool is_left_out; /* what said nothing adds nothing: a parameter without an argument, the query of a URL */
	unsigned side; /* of struct text_view */
	unsigned steps, depth;
};

/* The items of an array, with one slash between them: what `key.join("/")` asks of `key`. */
#define JOINED STR("join(/)")

/*
 * Appends what an expression says, or a member of it (`method` of `{ method: "POST" }`); CLIENT_BASE is the base URL of
 * the client that the expression is. False, and nothing appended, when the code says that there is none.
 */
bool text_read(struct reading *r, file_id file, node_id node, struct str member);
/* What is not known, under its name where it has one. */
void text_hole(struct reading *r, struct str name);
/* "a.b" */
struct str text_member(struct reading *r, struct str owner, struct str member);
/* Something that a call of this function would fill was read outside of one. */
void text_note_open(struct reading *r, file_id file, node_id function);

/* text_names.c */
bool text_of_name(struct reading *r, file_id file, node_id from, struct str path, struct str member);
/* A declaration of the project, or an expression that stands for one; `name` is for the hole. */
bool text_of_declared(struct reading *r, file_id file, node_id node, struct str member, struct str name);
/* Does the call that the function is looked at from hand over something for this parameter? */
enum handed { HANDED_UNKNOWN, HANDED, HANDED_NOTHING };
enum handed text_is_handed(struct reading *r, file_id file, node_id name);
/*
 * The member of `this` by a name: of the class that its method is called on, as far as that is known. False when there is
 * none. Where calls further out would tell a more special class, their function is noted as open.
 */
bool text_own_member(
	struct reading *r, file_id file, node_id from, struct str name, file_id *member_file, node_id *member);

/* text_calls.c */
bool text_of_call(struct reading *r, file_id file, node_id call, struct str member);
/* What a function of the project returns, with the call that hands over its arguments (0 for a property). */
bool text_of_result(
	struct reading *r, file_id file, node_id call, file_id function_file, node_id function, struct str member);
/* The first of the places that says something; false when none does. */
bool text_of_argument(struct reading *r, file_id file, node_id call, struct str where, struct str member);

/* The items of an array literal with one slash between them. */
bool text_of_joined(struct reading *r, file_id file, node_id array);

/* text_urls.c */
bool text_of_url(struct reading *r, file_id file, node_id path, node_id base, struct str member);

#endif
