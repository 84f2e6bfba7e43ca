/* SPDX-License-Identifier: ISC */
/* Saved command output: what a terminal leaves, what a prompt is, what is
 * nobody's, what is left out, and each limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../document.h"
#include "document/cli.h"

static bool screen_is(const char *raw, const char *want)
{
	char to[NP_CLI_WIDTH];
	struct np_cur c = np_cli_screen(np_cur(raw, strlen(raw)), to);

	return c.left == strlen(want) && np_ahead(c, want, strlen(want));
}

static void test_screen(void **state)
{
	(void)state;
	assert_true(screen_is("plain", "plain"));
	assert_true(screen_is("\033[1;32mgreen\033[0m", "green"));
	assert_true(screen_is("  ---- More ----\033[16D                "
			      "\033[16DSlot 1",
			      "Slot 1"));
	assert_true(screen_is("--More--\b\b\b\b\b\b\b\b        "
			      "\b\b\b\b\b\b\b\bPID: X",
			      "PID: X"));
	assert_true(screen_is("--More-- \r         \rPID: X", "PID: X"));
	assert_true(screen_is("<--- More --->", ""));
	assert_true(screen_is("Press any key to continue (Q to quit)", ""));
	assert_true(screen_is("\033", ""));
	assert_true(screen_is("\033[99999999999999999999D\b\bx", "x"));
}

static void prompt_is(const char *line, const char *name, const char *command)
{
	struct np_cli_prompt p;

	assert_true(np_cli_prompt(np_cur(line, strlen(line)), &p));
	assert_int_equal(p.name.left, strlen(name));
	assert_memory_equal(p.name.p, name, p.name.left);
	assert_int_equal(p.command.left, strlen(command));
	assert_memory_equal(p.command.p, command, p.command.left);
}

static void test_prompts(void **state)
{
	struct np_cli_prompt p;

	(void)state;
	prompt_is("<R1>display version", "R1", "display version");
	prompt_is("HRP_M<FW1>display esn", "FW1", "display esn");
	prompt_is("[~R1]display device", "R1", "display device");
	prompt_is("R1#show version", "R1", "show version");
	prompt_is("R1(config)# show version", "R1", "show version");
	prompt_is("noc@R1> show version", "R1", "show version");
	prompt_is("RP/0/RSP0/CPU0:R1#show version", "R1", "show version");
	prompt_is("*A:R1# show version", "R1", "show version");
	prompt_is("[noc@R1] > /system resource print", "R1",
		  "/system resource print");
	assert_true(np_cli_prompt(np_cur("[R1-vlan10]quit", 15), &p));
	assert_int_equal(p.name.left, 0);
	assert_false(np_cli_prompt(np_cur("two words# x", 12), &p));
	assert_false(np_cli_prompt(np_cur("# comment", 9), &p));
	assert_false(np_cli_prompt(np_cur("", 0), &p));
}

static void label_is(const char *line, const char *label, const char *value)
{
	char got[NP_CLI_LABEL];
	struct np_cur v;

	assert_true(np_cli_label(np_cur(line, strlen(line)), got, &v));
	assert_string_equal(got, label);
	assert_int_equal(v.left, strlen(value));
	assert_memory_equal(v.p, value, v.left);
}

static void test_labels(void **state)
{
	char got[NP_CLI_LABEL];
	struct np_cur v;

	(void)state;
	label_is("Serial Number: A1", "serial number", "A1");
	label_is("  Model Name:    X-1,", "model name", "X-1");
	label_is("Serial Number........ A1", "serial number", "A1");
	label_is("    + System name  : \"sw1\"", "system name", "sw1");
	label_is("1. PCB      Version  : X", "pcb version", "X");
	label_is("BarCode=2102", "barcode", "2102");
	label_is("Chassis ID (MAC address): 1", "chassis id", "1");
	label_is("System Name - not advertised", "system name",
		 "not advertised");
	label_is("Serial-Number:", "serial number", "");
	assert_false(np_cli_label(np_cur("no label here", 13), got, &v));
	assert_false(np_cli_label(np_cur(": x", 3), got, &v));
}

static const struct np_document *whose(const char *text)
{
	return np_document_find(np_cur(text, strlen(text)));
}

static void test_nobodys(void **state)
{
	static const char *const texts[] = {
		"Every version of this guide is shorter than the last. When "
		"you\n"
		"log in, type show version and read the first line: it tells\n"
		"who made the box, its model and how long it has been up.\n",
		"#\nsysname ACC-SW-3\n#\nvlan batch 10 20\n#\n"
		"interface GigabitEthernet0/0/1\n description to R1\n#\n"
		"snmp-agent sys-info version v3\n#\nreturn\n",
		"!\nversion 15.2\nhostname edge-4\n!\ninterface "
		"Gi0/1\n!\nend\n",
		"2024-05-06 07:08:09 R1 %%01LLDP/4/ADDNEIGHBOR(l)[4]:A "
		"neighbor "
		"is added.\nMay  6 07:08:12 sw4 %SYS-5-RESTART: restarted\n",
		"name: example\nversion: 1.2.3\ndescription: a package\n",
		"{\"serial\": \"1\", \"model\": \"2\", \"version\": \"3\"}\n",
		"<a><model>X</model><serial>1</serial></a>\n",
		"model,serial,version\nX,1,2\n",
		"",
		"\n\n\n",
	};

	(void)state;
	for (size_t i = 0; i < NP_COUNT(texts); i++)
		assert_ptr_not_equal(whose(texts[i]), &np_document_cli);
}

static bool says(const char *text, const char *want)
{
	struct np_buf out = np_buf((size_t)1 << 20);
	bool ok;

	(void)read_octets(&np_document_cli, text, strlen(text), false, &out);
	ok = out.p && strstr(out.p, want);
	np_buf_free(&out);
	return ok;
}

#define ASKED "R1#show version\nModel name: X1\nSerial number: A1\n"

static void test_left_out(void **state)
{
	(void)state;
	assert_true(says(ASKED, "cli.model = X1"));
	assert_false(says(ASKED "Registered to: J. Doe\n", "Doe"));
	assert_false(says(ASKED "Username: jdoe\n", "jdoe"));
	assert_false(says(ASKED "SNMP community: hush\n", "hush"));
	assert_false(says(ASKED "R1#show users\n vty 0 jdoe\n", "jdoe"));
	assert_false(says(ASKED "R1#show run\nhostname Z9\n", "Z9"));
	/* Nor is what a neighbour says of itself, even cut. */
	assert_false(says("R1#show lldp neighbors detail\n"
			  "VRP (R) software, Version 5.170 (X V200R001C00)\n"
			  "Serial number: A1\nModel: X\n",
			  "cli.version"));
	/* An optic's maker and number are not the box's. */
	assert_false(says("R1#show interfaces transceiver\n"
			  "Vendor name: V\nSerial number: OPT1\n",
			  "serial_number"));
}

static void test_two_boxes(void **state)
{
	static const char text[] = "R1#show version\nSerial number: A1\n"
				   "Model: X\nR2#show version\n"
				   "Serial number: A2\nModel: Y\n";

	(void)state;
	assert_true(says(text, "self link serial=A1 name=R1"));
	assert_true(says(text, "serial=A2 name=R2"));
}

static void test_two_reports(void **state)
{
	static const char text[] =
		"+++    MSC1        2024-05-06 07:08:09\nO&M    #1\n"
		"%%LST VER:;%%\n---    END\n"
		"+++    MSC2        2024-05-06 07:08:10\nO&M    #2\n"
		"%%LST VER:;%%\n---    END\n";

	(void)state;
	assert_true(says(text, "self link name=MSC1"));
	assert_true(says(text, "self link name=MSC2"));
}

/* More lines than a part holds, and a text longer than a value. */
static void test_limits(void **state)
{
	struct np_buf text = np_buf((size_t)8 << 20);
	struct np_buf out = np_buf((size_t)1 << 20);

	(void)state;
	np_puts(&text, ASKED);
	for (size_t i = 0; i < 3 * NP_CLI_LINES; i++)
		np_puts(&text, "Software version: 1.2.3 of a long answer\n");
	np_puts(&text, "R1#show version\nBase MAC address: 02005e000001\n");
	for (size_t i = 0; i < 3 * NP_CLI_WIDTH; i++)
		np_putc(&text, 'x');
	assert_false(text.failed);
	(void)read_octets(&np_document_cli, text.p, text.n, false, &out);
	assert_non_null(strstr(out.p, "cli.serial_number = A1"));
	assert_non_null(strstr(out.p, "cli.mac = 02:00:5e:00:00:01"));
	assert_null(strstr(out.p, "xxxx"));
	np_buf_free(&text);
	np_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_screen),
		cmocka_unit_test(test_prompts),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_nobodys),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_two_boxes),
		cmocka_unit_test(test_two_reports),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
