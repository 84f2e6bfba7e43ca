/* SPDX-License-Identifier: ISC */
/*
 * What the fold costs: bench_fold mixed|dense [DEVICES]. mixed: one sighting of
 * an address a device; dense: eight sightings and ten claims a device.
 */
#include "../tests/boxes.h"
#include <sys/resource.h>

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t resident(void)
{
	size_t pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (f && fscanf(f, "%*s %zu", &pages) != 1)
		pages = 0;
	if (f)
		(void)fclose(f);
	return pages * 4096;
}

/* Sighting k of device d. Any 32 octets serve as an id. */
static void make(struct heard *t, uint32_t d, unsigned k)
{
	uint32_t x = d * 2654435761u;
	char mac[20], ip[20], v[64];
	uint64_t id[4];

	(void)snprintf(mac, sizeof(mac), "%s:%02x:%02x:%02x",
		       d % 3 ? "00:e0:fc" : "00:1b:54", d >> 16 & 255,
		       d >> 8 & 255, d & 255);
	(void)snprintf(ip, sizeof(ip), "10.%u.%u.%u", 1 + (d >> 16),
		       d >> 8 & 255, d & 255);
	hear(t, NP_SELF, NP_BRIDGED);
	switch (k) {
	case 1:
		(void)snprintf(v, sizeof(v), "21%08X", x);
		lldp(t, mac, mac, v, NULL, ip);
		(void)snprintf(v, sizeof(v), "Site%u-%u", d / 16, d);
		fact(t, "ssh.ident", v);
		key(t, NP_KEY_NAME, v);
		fact(t, "ssh.ident",
		     "Huawei Versatile Routing Platform Software VRP (R) "
		     "software, Version 5.170 (S5735 V200R019C10SPC500)");
		maker(t, HUAWEI, NP_E4, G_TEXT);
		claim(t, NP_W_MODEL, HUAWEI, NP_E4, G_TEXT, "S5735-L24T4S-A");
		claim(t, NP_W_VERSION, HUAWEI, NP_E4, G_TEXT,
		      "V200R019C10SPC500");
		break;
	case 2:
	case 3:
		fact(t, "ethernet.source", mac);
		key(t, NP_KEY_MAC, mac);
		fact(t, "ssh.ident", k == 2 ? "HUAWEI S5735" : "MSFT 5.0");
		if (k == 2)
			maker(t, HUAWEI, NP_E4, G_OTHER);
		break;
	case 4:
		fact(t, "ethernet.source", mac);
		key(t, NP_KEY_MAC, mac);
		maker(t, HUAWEI, NP_E3, G_OUI);
		fact(t, "ethernet.source", ip);
		key(t, NP_KEY_IP, ip);
		break;
	case 5:
	case 6:
	case 7:
		t->s.reach = NP_ROUTED;
		fact(t, "ssh.ident",
		     k == 5   ? "1.3.6.1.4.1.2011.2.23.669"
		     : k == 6 ? "SSH-2.0-HUAWEI-1.5"
			      : "Huawei VRP Version 5.170");
		key(t, NP_KEY_IP, ip);
		maker(t, HUAWEI, NP_E4, k == 6 ? G_SSH : G_TEXT);
		if (k == 5)
			claim(t, NP_W_MODEL, HUAWEI, NP_E4, G_TEXT, "S5735");
		break;
	default:
		fact(t, "ethernet.source", mac);
		key(t, NP_KEY_MAC, mac);
		maker(t, HUAWEI, NP_E3, G_OUI);
	}
	id[0] = ((uint64_t)d << 4 | k) * 0x9e3779b97f4a7c15u;
	for (size_t i = 1; i < 4; i++)
		id[i] = (id[i - 1] ^ id[i - 1] >> 31) * 0xbf58476d1ce4e5b9u;
	memcpy(t->s.id, id, sizeof(id));
}

int main(int argc, char **argv)
{
	unsigned each = argc > 1 && !strcmp(argv[1], "dense") ? 8 : 1;
	uint32_t n = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 500000;
	size_t base = resident(), held, most;
	struct np_fold *f = np_fold_new(NULL, (size_t)n * 2);
	static const unsigned batch = 16;
	struct heard *t = calloc(batch, sizeof(*t));
	double spent = 0, from;
	struct np_devices all;

	if (!f || !t)
		return 1;
	for (uint64_t i = 0; i < (uint64_t)n * each;) {
		unsigned k = 0;

		for (; k < batch && i < (uint64_t)n * each; k++, i++)
			make(&t[k], (uint32_t)(i % n), (unsigned)(i / n));
		from = now();
		for (unsigned m = 0; m < k; m++)
			if (np_fold_add(f, &t[m].s, &t[m].c))
				return 1;
		spent += now() - from;
	}
	np_fold_memory(f, &held, &most);
	(void)printf("%s: %u devices, %u sightings each\n",
		     each > 1 ? "dense" : "mixed", n, each);
	(void)printf("add      %6.0f ns a sighting  %6.0f octets a device  "
		     "%zu MiB resident\n",
		     spent * 1e9 / n / each, (double)held / n,
		     (resident() - base) >> 20);
	from = now();
	if (np_fold_devices(f, &all))
		return 1;
	spent = now() - from;
	np_fold_memory(f, &held, &most);
	struct rusage ru;

	(void)getrusage(RUSAGE_SELF, &ru);
	(void)printf("devices  %6.0f ns a sighting  %6.0f octets a device  "
		     "%zu MiB resident, %ld MiB at most\n",
		     spent * 1e9 / n / each, (double)most / n,
		     (resident() - base) >> 20, ru.ru_maxrss >> 10);
	(void)printf("%zu devices\n", all.n);
	np_fold_free(f);
	free(t);
	return all.n == n ? 0 : 1;
}
