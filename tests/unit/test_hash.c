/* Hashes: seeds are small numbers, and names often differ in one letter. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_seeds_and_names_do_not_cancel(void **state)
{
	(void)state;
	for (uint64_t file = 0; file < 512; file++)
		for (uint64_t other = 0; other < 512; other++)
			assert_true(hash_mix(file << 32, "tracker", 7) != hash_mix(other << 32, "Tracker", 7));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_seeds_and_names_do_not_cancel) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
