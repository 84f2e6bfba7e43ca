/* SPDX-License-Identifier: ISC */
/*
 * The party's files: what is understood of each, and how each is refused. What
 * boxes they are joined to, tests/cli/place.py shows with real sources.
 */
#include "core/hash.h"
#include "place/inside.h"
#include "place/rows.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct house {
	struct np_knowledge *k;
	struct np_law *law;
	struct np_party *party;
	struct np_places *p;
	struct np_err err;
	int rc;
	char path[4][64];
};

static const char *file(struct house *h, size_t i, const char *text)
{
	int fd;

	(void)snprintf(h->path[i], sizeof(h->path[i]), "/tmp/np-placeXXXXXX");
	fd = mkstemp(h->path[i]);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	(void)close(fd);
	return h->path[i];
}

/* Opens what is given; NULL: no such file. */
static void open_house(struct house *h, const char *sites,
		       const char *inventory, const char *contracts,
		       const char *zones)
{
	struct np_place_files f = {0};

	memset(h, 0, sizeof(*h));
	assert_int_equal(np_knowledge_open(NULL, &h->k, NULL), 0);
	assert_int_equal(np_law_open(NULL, h->k, &h->law, NULL), 0);
	assert_int_equal(np_party_open(NULL, &h->party, NULL), 0);
	f.sites = sites ? file(h, 0, sites) : NULL;
	f.inventory = inventory ? file(h, 1, inventory) : NULL;
	f.contracts = contracts ? file(h, 2, contracts) : NULL;
	f.zones = zones ? file(h, 3, zones) : NULL;
	h->rc = np_places_open(&f, h->party, h->law, h->k, &h->p, &h->err);
}

static void close_house(struct house *h)
{
	for (size_t i = 0; i < 4; i++) {
		if (h->path[i][0])
			(void)unlink(h->path[i]);
	}
	np_places_close(h->p);
	np_party_close(h->party);
	np_law_close(h->law);
	np_knowledge_close(h->k);
}

static void fine(struct house *h)
{
	if (h->rc)
		fail_msg("%s:%llu:%u: %s", h->err.what,
			 (unsigned long long)h->err.at, h->err.column,
			 h->err.text);
}

/* It is refused, at this line (and column, where one is given). */
static void refused(struct house *h, uint64_t line, uint32_t column,
		    const char *says)
{
	assert_int_equal(h->rc, NP_EINPUT);
	if (!strstr(h->err.text, says))
		fail_msg("says: %s", h->err.text);
	assert_int_equal(h->err.at, line);
	if (column)
		assert_int_equal(h->err.column, column);
	close_house(h);
}

static void sites_refused(const char *text, uint64_t line, const char *says)
{
	struct house h;

	open_house(&h, text, NULL, NULL, NULL);
	refused(&h, line, 0, says);
}

/* ---- sites */

static void sites_csv(void **state)
{
	struct house h;
	double la, lo;
	const char *why;
	bool two;
	uint32_t a, b;

	(void)state;
	open_house(&h,
		   "Site Code;Site name;Country;Lat;Lon;Names;Prefixes;Cells\n"
		   "A1;\"Ober; Dorf\";DE;50.5;8.25;A1-* edge?;10.0.0.0/8;"
		   "262-99 77\n"
		   "B1;;IT;;;A1-B1-*;10.1.0.0/16 2001:db8::/32;\n",
		   NULL, NULL, NULL);
	fine(&h);
	a = np_site_find(h.party, "A1");
	b = np_site_find(h.party, "B1");
	assert_int_equal(a, 0);
	assert_int_equal(b, 1);
	assert_string_equal(np_site(h.party, a)->name, "Ober; Dorf");
	assert_string_equal(np_site(h.party, b)->country, "IT");
	assert_true(np_site_located(h.p, a, &la, &lo));
	assert_true(la == 50.5 && lo == 8.25);
	assert_false(np_site_located(h.p, b, &la, &lo));
	/* the pattern with most letters, letters of either case */
	assert_int_equal(np_guide_name(&h.p->guide, "a1-PE-1", 7, &why, &two),
			 a);
	assert_int_equal(np_guide_name(&h.p->guide, "A1-B1-PE", 8, &why, &two),
			 b);
	assert_int_equal(np_guide_name(&h.p->guide, "edge7", 5, &why, &two), a);
	assert_int_equal(np_guide_name(&h.p->guide, "edge", 4, &why, &two),
			 NP_NO_SITE);
	/* the longest prefix */
	assert_int_equal(np_guide_prefix(&h.p->guide, "10.2.3.4", 8, &why), a);
	assert_int_equal(np_guide_prefix(&h.p->guide, "10.1.3.4", 8, &why), b);
	assert_string_equal(why, "10.1.0.0/16");
	assert_int_equal(np_guide_prefix(&h.p->guide, "2001:db8::1", 11, &why),
			 b);
	assert_int_equal(np_guide_prefix(&h.p->guide, "192.0.2.1", 9, &why),
			 NP_NO_SITE);
	/* a cell by itself, its kind and its length */
	assert_int_equal(
		np_guide_cell(&h.p->guide, "gNB 262-99 77/24", 16, &why), a);
	assert_int_equal(
		np_guide_cell(&h.p->guide, "gNB 262-98 77/24", 16, &why),
		NP_NO_SITE);
	close_house(&h);
}

static void ambiguous_names(void **state)
{
	struct house h;
	const char *why;
	bool two;

	(void)state;
	open_house(&h, "site,names\nA,*-pe\nB,x?-*\n", NULL, NULL, NULL);
	fine(&h);
	/* three letters go before two */
	assert_int_equal(np_guide_name(&h.p->guide, "xy-pe", 5, &why, &two), 0);
	assert_int_equal(np_guide_name(&h.p->guide, "xy-p", 4, &why, &two), 1);
	close_house(&h);
	/* three letters each say two places: neither */
	open_house(&h, "site,names\nA,*-pe\nB,xy-*\n", NULL, NULL, NULL);
	fine(&h);
	assert_int_equal(np_guide_name(&h.p->guide, "xy-pe", 5, &why, &two),
			 NP_NO_SITE);
	assert_true(two);
	close_house(&h);
}

static void bad_coordinates(void **state)
{
	(void)state;
	sites_refused("site,country,lat,lon\nA,DE,50,8\nB,DE,0,0\n", 3, "0,0");
	sites_refused("site,country,lat,lon\nA,DE,8.5,50.1\n", 2, "swapped");
	sites_refused("site,country,lat,lon\nA,JP,139.5,35.1\n", 2, "swapped");
	sites_refused("site,lat,lon\nA,139.5,35.1\n", 2, "swapped");
	sites_refused("site,lat,lon\nA,91,181\n", 2, "latitude");
	sites_refused("site,lat,lon\nA,50,200\n", 2, "longitude");
	sites_refused("site;lat;lon\nA;50,1;8,5\n", 2, "degrees");
	sites_refused("site,lat,lon\nA,50.1,\n", 2, "degrees");
	sites_refused("site,lat,lon\nA,50,8\nA,51,8\n", 3, "another place");
}

static void bad_sites(void **state)
{
	struct house h;

	(void)state;
	sites_refused("name,country\nA,DE\n", 1, "column site");
	sites_refused("site,country\n,DE\n", 2, "short name");
	sites_refused("site,country\nA,Germany\n", 2, "ISO 3166-1");
	sites_refused("site,country\nA,DE\nA,IT\n", 3, "another country");
	sites_refused("site,country,region\nA,DE,US-TX\n", 2, "ISO 3166-2");
	open_house(&h, "site,country,region\nA,US,US-TX\n", NULL, NULL, NULL);
	fine(&h);
	assert_string_equal(np_site(h.party, 0)->region, "US-TX");
	close_house(&h);
	sites_refused("site,prefixes\nA,10.0.0.0/33\n", 2, "prefix");
	sites_refused("site,prefixes\nA,10.0.0.0/8\nB,10.9.9.9/8\n", 0,
		      "two sites");
	sites_refused("site,names\nA,X*\nB,x*\n", 0, "two sites");
	sites_refused("site,country\nA,\"DE\n", 2, "quote");
	sites_refused("", 1, "rows");
	/* outside of its country's box, and not by swapping: a question */
	open_house(&h, "site,country,lat,lon\nA,DE,40.5,9.5\n", NULL, NULL,
		   NULL);
	fine(&h);
	assert_int_equal(np_place_notes(h.p), 1);
	assert_non_null(strstr(np_place_note(h.p, 0)->text, "box around DE"));
	close_house(&h);
}

#define FEATURES "{\"type\":\"FeatureCollection\",\n\"features\":[\n"
#define POINT(at)                                                              \
	"{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\","              \
	"\"coordinates\":" at "},\"properties\":"

static void geojson(void **state)
{
	struct house h;
	double la, lo;
	const char *why;

	(void)state;
	open_house(&h,
		   FEATURES POINT(
			   "[8.25, 50.5, 120]") "{\"site\":\"A\",\"country\":"
						"\"DE\",\"prefixes\":"
						"[\"10.0.0.0/8\",\"192.0.2.0/"
						"24\"]}},\n"
						"{\"type\":\"Feature\",\"id\":"
						"7,\"geometry\":null,"
						"\"properties\":{\"name\":"
						"\"seven } ] \\\" of\"}}\n]}\n",
		   NULL, NULL, NULL);
	fine(&h);
	assert_true(np_site_located(h.p, np_site_find(h.party, "A"), &la, &lo));
	assert_true(la == 50.5 && lo == 8.25);
	assert_int_equal(np_guide_prefix(&h.p->guide, "192.0.2.9", 9, &why), 0);
	assert_string_equal(np_site(h.party, np_site_find(h.party, "7"))->name,
			    "seven } ] \" of");
	close_house(&h);
}

static void bad_geojson(void **state)
{
	(void)state;
	/* latitude first, as people speak */
	sites_refused(
		FEATURES POINT("[8.25, 50.5]") "{\"site\":\"A\"}},\n" POINT(
			"[50.1, 8.5]") "{\"site\":\"B\",\"country\":\"DE\"}}]}",
		4, "swapped");
	sites_refused(FEATURES POINT("[0, 0]") "{\"site\":\"A\"}}]}", 3, "0,0");
	sites_refused(FEATURES POINT("[8]") "{\"site\":\"A\"}}]}", 3,
		      "[longitude, latitude]");
	sites_refused(FEATURES "{\"type\":\"Feature\",\"geometry\":{\"type\":"
			       "\"LineString\",\"coordinates\":[[1,2],[3,4]]},"
			       "\"properties\":{\"site\":\"A\"}}]}",
		      3, "Point");
	sites_refused(FEATURES POINT("[8,50]") "{}}]}", 3, "short name");
	sites_refused(FEATURES POINT("[8,50]") "{\"site\":\"A\"}}\n", 4,
		      "expected , or ]");
	sites_refused("{\"type\":\"Feature\"}", 1, "FeatureCollection");
	sites_refused("{\"type\":\"FeatureCollection\"}", 1, "features");
	sites_refused("{\n\"crs\":{\"name\":\"EPSG:31467\"},\"features\":[]}",
		      2, "WGS84");
	sites_refused(FEATURES "[[[[", 3, "feature");
	sites_refused("{", 1, "too early");
}

/* ---- the inventory */

static void inventory(void **state)
{
	struct house h;
	const struct np_stock_row *r;
	char buf[256];
	size_t n;

	(void)state;
	open_house(
		&h, "site,country\nA,DE\n",
		"Device,Site,Host-Name,MAC address,Serial,Radio "
		"generation,Date obtained,Security use,Password,Customers\n"
		"X1,A,pe-1,00-25-9E-71-20-02,2102ab,5G,2019-05-10,TRUE,x,1200\n"
		"\n"
		"X2,Nowhere,,,,,,,\n",
		NULL, NULL);
	fine(&h);
	assert_int_equal(np_stock(h.p), 2);
	r = np_stock_row(h.p, 0);
	assert_string_equal(r->label, "X1");
	assert_int_equal(r->where, 0);
	assert_int_equal(r->line, 2);
	assert_int_equal(np_stock_row(h.p, 1)->line, 4);
	assert_int_equal(np_stock_row(h.p, 1)->where, NP_NO_SITE);
	assert_string_equal(np_stock_fact(h.p, 0), "generation");
	assert_string_equal(np_stock_fact(h.p, 1), "obtained");
	assert_string_equal(np_stock_fact(h.p, 2), "security_use");
	assert_string_equal(np_stock_fact(h.p, 3), "customers");
	assert_string_equal(r->fact[3], "1200");
	assert_null(np_stock_fact(h.p, 4));
	assert_string_equal(r->fact[0], "5G");
	assert_string_equal(r->fact[2], "yes");
	const char *mac =
		np_stock_spell(NP_SK_MAC, "0025.9e71.2002", 14, buf, &n);

	assert_int_equal(n, 12);
	assert_memory_equal(mac, "00259e712002", 12);
	/* a column that nobody asked for, and a site that no list has */
	assert_int_equal(np_place_notes(h.p), 2);
	assert_non_null(strstr(np_place_note(h.p, 0)->text, "Password"));
	assert_non_null(strstr(np_place_note(h.p, 1)->text, "Nowhere"));
	close_house(&h);
}

static void bad_inventory(void **state)
{
	struct house h;

	(void)state;
	open_house(&h, NULL, "device,site\nX,A\n", NULL, NULL);
	refused(&h, 1, 0, "name, mac, serial or ip");
	open_house(&h, NULL, "name,mac\nX,00:11\n", NULL, NULL);
	refused(&h, 2, 2, "MAC");
	open_house(&h, NULL, "name,ip\nX,10.0.0\n", NULL, NULL);
	refused(&h, 2, 2, "address");
	open_house(&h, NULL, "name,obtained\nX,2019-05-10\nY,10.05.2019\n",
		   NULL, NULL);
	refused(&h, 3, 2, "date");
	open_house(&h, NULL, "name,security_use\nX,perhaps\n", NULL, NULL);
	refused(&h, 2, 2, "yes or no");
}

/* ---- contracts */

static void contracts(void **state)
{
	struct house h;
	const struct np_contract *c;
	int32_t day;

	(void)state;
	open_house(&h, "site,country\nA,DE\n", NULL,
		   "supplier,service,site,from,until\n"
		   "huawei,upkeep,A,2020-01-01,2020-12-31\n"
		   "Nobody Ltd.,advice,,,\n",
		   NULL);
	fine(&h);
	assert_int_equal(np_contracts(h.p), 2);
	c = np_contract(h.p, 0);
	assert_int_equal(c->maker, np_maker_find(h.k, "huawei"));
	assert_true(np_day_read("2020-12-31", &day));
	assert_true(np_contract_runs(c, day));
	assert_false(np_contract_runs(c, day + 1));
	assert_int_equal(np_contract(h.p, 1)->maker, NP_NO_MAKER);
	assert_true(np_contract_runs(np_contract(h.p, 1), day + 9999));
	close_house(&h);
	open_house(&h, NULL, NULL, "supplier,site\nA,B\n", NULL);
	refused(&h, 1, 0, "supplier and service");
	open_house(&h, NULL, NULL, "supplier,service,until\nA,B,soon\n", NULL);
	refused(&h, 2, 3, "date");
	open_house(&h, NULL, NULL,
		   "supplier,service,from,until\nA,B,2021-01-02,2021-01-01\n",
		   NULL);
	refused(&h, 2, 4, "ends before");
}

/* ---- zones */

static void zones(void **state)
{
	struct house h;
	const struct np_zone *z;

	(void)state;
	open_house(&h, "site,country\nA,DE\n", NULL, NULL,
		   "zones:\n"
		   "  Z1:\n"
		   "    name: Barracks\n"
		   "    kind: base\n"
		   "    latitude: 50.5\n"
		   "    longitude: 8.25\n"
		   "    within: 2.5\n"
		   "    served_by:\n"
		   "      - site: A\n"
		   "        vlan: 101\n"
		   "      - circuit: C-1\n"
		   "  Z2: {kind: exchange}\n");
	fine(&h);
	assert_int_equal(np_zones(h.p), 2);
	z = np_zone(h.p, 0);
	assert_string_equal(z->name, "Barracks");
	assert_true(z->located && z->served && z->within == 2.5);
	assert_true(h.p->zones.vlans);
	z = np_zone(h.p, 1);
	assert_string_equal(z->name, "Z2");
	assert_false(z->located || z->served);
	close_house(&h);
}

static void zones_refused(const char *text, uint64_t line, const char *says)
{
	struct house h;

	open_house(&h, NULL, NULL, NULL, text);
	refused(&h, line, 0, says);
}

static void bad_zones(void **state)
{
	(void)state;
	zones_refused("Z1: {}\n", 1, "zones");
	zones_refused("zones:\n  Z1:\n    kind: castle\n", 3, "ministry");
	zones_refused("zones:\n  Z1:\n    latitude: 50\n", 3, "longitude");
	zones_refused("zones:\n  Z1:\n    latitude: 95\n    longitude: 8\n", 3,
		      "latitude");
	zones_refused("zones:\n  Z1:\n    served_by:\n      - site: B\n", 4,
		      "expected a site");
	zones_refused("zones:\n  Z1:\n    served_by:\n      - vlan: 4095\n", 4,
		      "VLAN");
	zones_refused("zones:\n  Z1:\n    served_by:\n      - road: 1\n", 4,
		      "circuit");
	zones_refused("zones:\n  Z1:\n    within: far\n", 3, "kilometres");
}

/* Published distances on a sphere: one degree of a great circle is 111.195 km
 * of the mean radius; and two cities. */
static void kilometres(void **state)
{
	double km;

	(void)state;
	km = np_kilometres(0, 0, 1, 0);
	assert_true(km > 111.19 && km < 111.20);
	km = np_kilometres(0, 179.5, 0, -179.5);
	assert_true(km > 111.19 && km < 111.20);
	km = np_kilometres(0, 0, 0, 180);
	assert_true(km > 20015.0 && km < 20015.2);
	km = np_kilometres(52.5, 13.4, 48.1, 11.6); /* Berlin, Munich */
	assert_true(km > 500 && km < 510);
	assert_true(np_kilometres(50, 8, 50, 8) == 0);
}

/* What is written is read as the same. */
static void written_again(void **state)
{
	static const char *const kinds[] = {"sites", "inventory", "contracts",
					    "zones"};
	struct house h, again;
	struct np_buf b[4], c;

	(void)state;
	open_house(&h,
		   "site,name,country,lat,lon,names,prefixes,cells\n"
		   "A,\"A \"\"a\"\", b\",DE,50.5,8.25,A-*;B-?,10.0.0.0/8,"
		   "262-99 7\n",
		   "device,name,obtained,junk\nX,pe,2019-01-02,1\n\n"
		   "Y,\"q,\"\"r\",,2\n",
		   "supplier,service,until\nzte,x,2030-01-01\n",
		   "zones:\n  Z: {served_by: [{site: A}]}\n");
	fine(&h);
	for (size_t i = 0; i < 4; i++) {
		b[i] = np_buf(65536);
		assert_true(np_places_write(h.p, kinds[i], &b[i]));
	}
	assert_null(strstr(b[1].p, "junk"));
	open_house(&again, b[0].p, b[1].p, b[2].p, b[3].p);
	fine(&again);
	for (size_t i = 0; i < 4; i++) {
		c = np_buf(65536);
		assert_true(np_places_write(again.p, kinds[i], &c));
		assert_string_equal(c.p, b[i].p);
		np_buf_free(&c);
		np_buf_free(&b[i]);
	}
	assert_int_equal(np_stock_row(again.p, 1)->line, 4);
	close_house(&again);
	close_house(&h);
}

/* ---- neighbours that somebody else knows (graph/) */

static void hear(struct np_fold *f, uint32_t source, const char *mac)
{
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);
	struct np_sighting s = {
		.proto = NP_P_arp,
		.scope = NP_SELF,
		.reach = NP_ROUTED,
		.nkeys = 1,
		.keys = {{NP_KEY_MAC, mac, 17}},
		.nfacts = 1,
		.facts = {{.field = np_field_id(NP_P_arp, 0),
			   .v = (const uint8_t *)mac,
			   .n = 17}},
		.seen = {.source = source,
			 .first = NP_NEVER,
			 .last = NP_NEVER,
			 .count = 1,
			 .place = 1},
	};
	struct np_claims c = {.n = 0};

	assert_non_null(h);
	np_sighting_id(&s, h, s.id);
	np_hasher_free(h);
	assert_int_equal(np_fold_add(f, &s, &c), 0);
}

#define MAC_A "00:00:5e:00:53:0a"
#define MAC_B "00:00:5e:00:53:0b"
#define MAC_C "00:00:5e:00:53:0c"

/* The number of the device with this address. */
static size_t number_of(const struct np_devices *d, const char *mac)
{
	struct np_arena mem = np_arena(1 << 20);
	struct np_evidence e;
	size_t i = 0;

	for (; i < d->n; i++) {
		assert_int_equal(np_device_keys(d, &d->v[i], &mem, &e), 0);
		if (e.nkeys && memcmp(e.keys[0].v, mac, 17) == 0)
			break;
	}
	np_arena_free(&mem);
	assert_true(i < d->n);
	return i;
}

struct links {
	size_t a, b, c;
	bool two;
};

static size_t beside(void *ctx, size_t device, uint32_t *v, size_t cap)
{
	const struct links *l = ctx;

	if (device != l->c || cap < 2)
		return 0;
	v[0] = (uint32_t)l->a;
	v[1] = (uint32_t)l->b;
	return l->two ? 2 : 1;
}

static void neighbours(void **state)
{
	struct house h;
	struct np_fold *f;
	struct np_devices d;
	struct links l = {0};

	(void)state;
	open_house(&h, "site,country\nA,DE\nB,IT\n",
		   "site,mac\nA," MAC_A "\nB," MAC_B "\n", NULL, NULL);
	fine(&h);
	f = np_fold_new(h.k, 100);
	assert_non_null(f);
	hear(f, 1, MAC_A);
	hear(f, 2, MAC_B);
	hear(f, 3, MAC_C);
	for (int turn = 0; turn < 3; turn++) {
		struct np_placing x;

		assert_int_equal(np_fold_devices(f, &d), 0);
		l.a = number_of(&d, MAC_A);
		l.b = number_of(&d, MAC_B);
		l.c = number_of(&d, MAC_C);
		l.two = turn == 2;
		np_places_beside(h.p, turn ? beside : NULL, &l);
		assert_int_equal(np_places_join(h.p, f, &d, &h.err), 0);
		x = np_placing(h.p, l.a);
		assert_int_equal(x.by, NP_BY_INVENTORY);
		assert_int_equal(d.v[l.a].site, 0);
		x = np_placing(h.p, l.c);
		assert_int_equal(x.by,
				 turn == 1 ? NP_BY_NEIGHBOUR : NP_BY_NOTHING);
		assert_int_equal(d.v[l.c].site, turn == 1 ? 0 : NP_NO_SITE);
	}
	np_fold_free(f);
	close_house(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sites_csv),
		cmocka_unit_test(ambiguous_names),
		cmocka_unit_test(bad_coordinates),
		cmocka_unit_test(bad_sites),
		cmocka_unit_test(geojson),
		cmocka_unit_test(bad_geojson),
		cmocka_unit_test(inventory),
		cmocka_unit_test(bad_inventory),
		cmocka_unit_test(contracts),
		cmocka_unit_test(zones),
		cmocka_unit_test(bad_zones),
		cmocka_unit_test(kilometres),
		cmocka_unit_test(written_again),
		cmocka_unit_test(neighbours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
