#include "cli/stream.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_file(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/*
 * As much as a pipe takes whole or not at all (PIPE_BUF), up to the last empty line, with which the text format ends a
 * finding, or else to the last end of a line.
 */
static uint32_t piece_length(struct str text)
{
	uint32_t most = text.len < PIPE_BUF ? text.len : PIPE_BUF, line = 0;
	for (uint32_t i = most; i-- > 0;) {
		if (text.ptr[i] != '\n')
			continue;
		if (!line)
			line = i + 1;
		if (i > 0 && text.ptr[i - 1] == '\n')
			return i + 1;
	}
	return line ? line : most;
}

/* Somebody else may have set the descriptor so that writing does not wait. */
static bool wait_for_reader(int fd)
{
	struct pollfd slot = { fd, POLLOUT, 0 };
	return poll(&slot, 1, -1) >= 0 || errno == EINTR;
}

bool stream_write(int fd, struct str text)
{
	bool at_once = is_file(fd);
	while (text.len) {
		ssize_t written = write(fd, text.ptr, at_once ? text.len : piece_length(text));
		if (written >= 0)
			text = str_slice(text, (uint32_t)written, text.len);
		else if (errno == EAGAIN ? !wait_for_reader(fd) : errno != EINTR)
			return false;
	}
	return true;
}
