/* SPDX-License-Identifier: ISC */
/* A set of registry rows, and the formats that rows are published in. */
#include "claim/registry.h"
#include "core/hash.h"
#include <cjson/cJSON.h>

/* The names' index is kept at most half full. */
static bool grow_index(struct np_registry *r)
{
	size_t n = r->nindex ? r->nindex * 2 : 1024;
	uint32_t *index = np_zalloc(r->mem, n * sizeof(*index));
	const char **names = r->orgs.v;

	if (!index)
		return false;
	for (uint32_t i = 0; i < r->orgs.n; i++) {
		size_t at = np_hash64(names[i], strlen(names[i]), 0) & (n - 1);

		while (index[at])
			at = (at + 1) & (n - 1);
		index[at] = i + 1;
	}
	r->index = index;
	r->nindex = n;
	return true;
}

static bool find_org(struct np_registry *r, const char *name, size_t n,
		     uint32_t *ret)
{
	const char **names = r->orgs.v;
	const char **slot;
	size_t at;

	if (r->orgs.n * 2 >= r->nindex && !grow_index(r))
		return false;
	at = np_hash64(name, n, 0) & (r->nindex - 1);
	for (; r->index[at]; at = (at + 1) & (r->nindex - 1)) {
		*ret = r->index[at] - 1;
		if (strlen(names[*ret]) == n &&
		    memcmp(names[*ret], name, n) == 0)
			return true;
	}
	slot = np_list_add(&r->orgs, r->mem, sizeof(*slot));
	if (!slot)
		return false;
	*slot = np_copystr(r->mem, name, n);
	*ret = (uint32_t)r->orgs.n - 1;
	r->index[at] = (uint32_t)r->orgs.n;
	return *slot != NULL;
}

bool np_registry_block(struct np_registry *r, uint64_t prefix, unsigned bits,
		       const char *name, size_t n)
{
	struct np_reg_block *b;
	uint32_t org;

	while (n && (name[n - 1] == ' ' || name[n - 1] == '\r'))
		n--;
	if (n == 0)
		return true;
	if (!find_org(r, name, n, &org))
		return false;
	b = np_list_add(&r->blocks, r->mem, sizeof(*b));
	if (!b)
		return false;
	*b = (struct np_reg_block){prefix, (uint8_t)bits, org};
	return true;
}

bool np_registry_number(struct np_registry *r, uint32_t number,
			const char *name, size_t n)
{
	struct np_reg_number *v;

	while (n && (name[n - 1] == ' ' || name[n - 1] == '\r'))
		n--;
	if (n == 0)
		return true;
	v = np_list_add(&r->numbers, r->mem, sizeof(*v));
	if (!v)
		return false;
	*v = (struct np_reg_number){number, np_copystr(r->mem, name, n)};
	return v->name != NULL;
}

static unsigned hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

unsigned np_registry_prefix(const char *s, size_t n, uint64_t *ret)
{
	unsigned digits = 0;

	*ret = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == ':' || s[i] == '-')
			continue;
		if (hex_digit(s[i]) > 15 || digits == 12)
			return 0;
		*ret = *ret << 4 | hex_digit(s[i]);
		digits++;
	}
	return digits;
}

/* Only blocks of a registrant: universal, individual addresses (IEEE 802 8.2);
 * a CID or an old list's local entries name nobody's address. */
static bool is_block(uint64_t prefix, unsigned bits)
{
	if (bits != 24 && bits != 28 && bits != 36)
		return false;
	return (prefix >> (bits - 8) & 3) == 0;
}

/* npm oui-data: {"00E0FC": "NAME\nstreet\ncity", …}, keys of 6, 7, 9 digits. */
int np_registry_json(struct np_registry *r, char *text, struct np_err *reterr)
{
	cJSON *all = cJSON_Parse(text);
	const cJSON *row;
	int rc = 0;

	if (!all)
		return np_fail(reterr, NP_EINPUT, "this is no JSON",
			       "index.json", 0);
	cJSON_ArrayForEach(row, all)
	{
		uint64_t prefix;
		unsigned bits =
			4 * np_registry_prefix(row->string, strlen(row->string),
					       &prefix);
		const char *name = cJSON_GetStringValue(row);

		if (!name || !is_block(prefix, bits))
			continue;
		if (!np_registry_block(r, prefix, bits, name,
				       strcspn(name, "\n")))
			rc = np_fail(reterr, NP_ENOMEM, "out of memory",
				     "index.json", 0);
	}
	cJSON_Delete(all);
	return rc;
}

/* Wireshark's manuf: PREFIX[/BITS] TAB SHORT [TAB LONG]. Where the long name
 * equals the short one the third column is not there. */
int np_registry_manuf(struct np_registry *r, const char *text, size_t n)
{
	for (const char *end = text + n, *p = text; p < end;) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((eol ? eol : end) - p);
		const char *tab = memchr(p, '\t', len);
		const char *slash;
		const char *name;
		uint64_t prefix;
		unsigned bits;

		if (tab && *p != '#') {
			slash = memchr(p, '/', (size_t)(tab - p));
			bits = 4 * np_registry_prefix(
					   p,
					   (size_t)((slash ? slash : tab) - p),
					   &prefix);
			if (slash && bits == 48) {
				bits = slash[1] == '2' ? 28 : 36;
				prefix >>= 48 - bits;
			}
			name = memchr(tab + 1, '\t',
				      len - (size_t)(tab + 1 - p));
			name = name ? name + 1 : tab + 1;
			tab = memchr(name, '\t', len - (size_t)(name - p));
			if (is_block(prefix, bits) &&
			    !np_registry_block(
				    r, prefix, bits, name,
				    (size_t)((tab ? tab : p + len) - name)))
				return NP_ENOMEM;
		}
		p += len + 1;
	}
	return 0;
}

/* The next value of a row of CSV (RFC 4180), quotes undone, into buf. False at
 * the end of the row. */
static bool csv_value(const char **p, const char *end, char *buf, size_t cap,
		      size_t *ret_n, bool *ret_more)
{
	bool quoted = *p < end && **p == '"';
	size_t n = 0;

	*ret_more = false;
	if (*p >= end)
		return false;
	if (quoted)
		++*p;
	for (; *p < end; ++*p) {
		char c = **p;

		if (quoted && c == '"') {
			if (*p + 1 < end && (*p)[1] == '"')
				++*p;
			else {
				quoted = false;
				continue;
			}
		} else if (!quoted && (c == ',' || c == '\n')) {
			*ret_more = c == ',';
			++*p;
			break;
		}
		if (n < cap)
			buf[n++] = c;
	}
	*ret_n = n;
	return true;
}

/* IEEE's own: Registry,Assignment,Organization Name,Organization Address. */
int np_registry_csv(struct np_registry *r, const char *text, size_t n)
{
	const char *p = text;
	const char *end = text + n;

	while (p < end) {
		char v[4][256];
		size_t len[4] = {0};
		uint64_t prefix;
		unsigned bits, column = 0;
		bool more = true;

		while (more && csv_value(&p, end, v[column & 3], sizeof(v[0]),
					 &len[column & 3], &more))
			column++;
		if (column < 3)
			continue;
		bits = 4 * np_registry_prefix(v[1], len[1], &prefix);
		if (is_block(prefix, bits) &&
		    !np_registry_block(r, prefix, bits, v[2], len[2]))
			return NP_ENOMEM;
	}
	return 0;
}

/* IANA's numbers as Wireshark keeps them: NUMBER, blank or tab, NAME. */
int np_registry_numbers(struct np_registry *r, const char *text, size_t n)
{
	for (const char *end = text + n, *p = text; p < end;) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((eol ? eol : end) - p);
		uint64_t v = 0;
		size_t i = 0;

		for (; i < len && i < 10 && p[i] >= '0' && p[i] <= '9'; i++)
			v = v * 10 + (uint64_t)(p[i] - '0');
		if (i && i < len && v <= UINT32_MAX &&
		    (p[i] == '\t' || p[i] == ' ') &&
		    !np_registry_number(r, (uint32_t)v, p + i + 1, len - i - 1))
			return NP_ENOMEM;
		p += len + 1;
	}
	return 0;
}
