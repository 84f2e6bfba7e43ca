/* SPDX-License-Identifier: ISC */
#include <nameplate.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	struct np_audit *a = np_audit_new();

	for (int i = 1; i < argc; i++)
		np_audit_add(a, argv[i]);
	if (np_audit_run(a) < 0)
		fprintf(stderr, "%s\n", np_audit_error(a));
	for (size_t i = 0; i < np_audit_devices(a); i++) {
		const char *maker = np_audit_device(a, i)->maker;

		printf("%s %s\n", np_audit_device(a, i)->verdict,
		       maker ? maker : "-");
	}
	np_audit_free(a);
}
