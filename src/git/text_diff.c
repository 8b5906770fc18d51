#include "git/internal.h"

bool git_text_diff(struct str path, struct str before, struct str after, struct buf *out, struct err *err)
{
	struct buf name = { 0 };
	git_patch *patch = NULL;
	git_buf text = { 0 };
	buf_add(&name, path);
	git_libgit2_init();
	bool ok = git_patch_from_buffers(&patch, before.ptr, before.len, buf_cstr(&name), after.ptr, after.len,
			  buf_cstr(&name), NULL) == 0 &&
		  git_patch_to_buf(&text, patch) == 0;
	if (ok)
		buf_add(out, (struct str){ text.ptr, (uint32_t)text.size });
	else
		err_set(err, "%.*s: its changes cannot be shown", STR_ARG(path));
	git_buf_dispose(&text);
	git_patch_free(patch);
	git_libgit2_shutdown();
	buf_release(&name);
	return ok;
}
