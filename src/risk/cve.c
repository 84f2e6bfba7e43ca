/* SPDX-License-Identifier: ISC */
#include "risk/cve.h"
#include "core/pull.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct reading {
	struct np_pull p;
	struct np_arena mem; /* of one entry */
	np_cve_fn *fn;
	void *ctx;
	struct np_cur id;
	uint64_t entries;
	int rc; /* what fn gave */
	bool found;
};

/* A value that is not looked at, but has to be one. */
static void skip(struct reading *r)
{
	struct np_cur all;

	(void)np_pull_raw(&r->p, &all);
}

/* The text; another kind of value is passed over. */
static struct np_cur text(struct reading *r)
{
	struct np_cur v = {.cut = true};

	if (np_pull_ahead(&r->p) != '"')
		skip(r);
	else if (!np_pull_text(&r->p, &r->mem, &v))
		v = (struct np_cur){.cut = true};
	return v.cut ? np_cur("", 0) : v;
}

/* ---- CPE names: NIST IR 7695, 6.2 */

/* One part, without backslashes; the cursor moves behind its colon. */
static bool part(struct np_cur *c, struct np_arena *mem, struct np_cur *ret)
{
	char *to = NULL;
	size_t n = 0, i = 0;

	while (i < c->left && c->p[i] != ':')
		i += c->p[i] == '\\' && i + 1 < c->left ? 2 : 1;
	if (i > c->left)
		return false;
	*ret = np_cur(c->p, i);
	if (i && memchr(c->p, '\\', i)) {
		to = np_alloc(mem, i);
		if (!to)
			return false;
		for (size_t k = 0; k < i; k++) {
			if (c->p[k] == '\\' && k + 1 < i)
				k++;
			to[n++] = (char)c->p[k];
		}
		*ret = np_cur(to, n);
	}
	np_skip(c, i < c->left ? i + 1 : i);
	return ret->left > 0;
}

bool np_cpe_split(struct np_cur name, struct np_arena *mem,
		  struct np_cve_name *ret)
{
	static const char begin[] = "cpe:2.3:";
	struct np_cur *parts[] = {&ret->part, &ret->vendor, &ret->product,
				  &ret->version, &ret->update};

	ret->criteria = name;
	if (name.left < sizeof(begin) - 1 ||
	    memcmp(name.p, begin, sizeof(begin) - 1) != 0)
		return false;
	np_skip(&name, sizeof(begin) - 1);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!part(&name, mem, parts[i]))
			return false;
	return ret->part.left == 1;
}

/* ---- the list */

static void read_match(struct reading *r)
{
	struct np_cve_name x = {.cve = r->id};
	struct np_cur name, criteria = {.cut = true}, flag;
	bool begun = false, vulnerable = false;

	if (np_pull_ahead(&r->p) != '{' || !np_pull_object(&r->p)) {
		(void)np_pull_fail(&r->p, "expected a match as an object");
		return;
	}
	while (np_pull_member(&r->p, &begun, &r->mem, &name)) {
		if (np_is(name, "vulnerable")) {
			vulnerable = np_pull_raw(&r->p, &flag) &&
				     np_is(flag, "true");
		} else if (np_is(name, "criteria")) {
			criteria = text(r);
		} else if (np_is(name, "versionStartIncluding")) {
			x.from = text(r);
			x.from_too = true;
		} else if (np_is(name, "versionStartExcluding")) {
			x.from = text(r);
		} else if (np_is(name, "versionEndIncluding")) {
			x.until = text(r);
			x.until_too = true;
		} else if (np_is(name, "versionEndExcluding")) {
			x.until = text(r);
		} else {
			skip(r);
		}
	}
	if (r->p.why || r->rc || !vulnerable || criteria.cut ||
	    !np_cpe_split(criteria, &r->mem, &x))
		return;
	r->rc = r->fn(r->ctx, &x);
	if (r->rc)
		(void)np_pull_fail(&r->p, "stopped");
}

/* Arrays of objects inside each other, by the names of their members:
 * configurations, nodes, cpeMatch. What else there is is passed over. */
static void read_list(struct reading *r, unsigned depth)
{
	static const char *const within[] = {"nodes", "cpeMatch"};
	bool item = false;

	if (np_pull_ahead(&r->p) != '[') {
		skip(r);
		return;
	}
	if (!np_pull_array(&r->p))
		return;
	while (np_pull_item(&r->p, &item)) {
		bool member = false;
		struct np_cur name;

		if (depth == 2) {
			read_match(r);
			continue;
		}
		if (np_pull_ahead(&r->p) != '{') {
			skip(r);
			continue;
		}
		if (!np_pull_object(&r->p))
			return;
		while (np_pull_member(&r->p, &member, &r->mem, &name)) {
			if (np_is(name, within[depth]))
				read_list(r, depth + 1);
			else
				skip(r);
		}
	}
}

/* The id may stand behind what it is of, so an entry is gone through twice. */
static void read_cve(struct reading *r)
{
	struct np_pull again;
	struct np_cur name;
	bool begun = false;

	(void)np_pull_ahead(&r->p);
	again = r->p;
	r->id = np_cur("", 0);
	if (np_pull_ahead(&r->p) != '{' || !np_pull_object(&r->p)) {
		(void)np_pull_fail(&r->p, "expected an entry as an object");
		return;
	}
	while (np_pull_member(&r->p, &begun, &r->mem, &name)) {
		if (np_is(name, "id"))
			r->id = text(r);
		else
			skip(r);
	}
	if (r->p.why)
		return;
	if (!r->id.left || r->id.left > 64) {
		(void)np_pull_fail(&r->p, "expected an entry with an id");
		return;
	}
	r->entries++;
	begun = false;
	r->p = again;
	(void)np_pull_object(&r->p);
	while (np_pull_member(&r->p, &begun, &r->mem, &name)) {
		if (np_is(name, "configurations"))
			read_list(r, 0);
		else
			skip(r);
	}
}

static void read_entries(struct reading *r)
{
	bool item = false;

	if (np_pull_ahead(&r->p) != '[') {
		(void)np_pull_fail(&r->p, "expected vulnerabilities: a list");
		return;
	}
	r->found = np_pull_array(&r->p);
	while (np_pull_item(&r->p, &item)) {
		struct np_cur name;
		bool member = false;

		np_arena_reset(&r->mem);
		if (np_pull_ahead(&r->p) != '{') {
			(void)np_pull_fail(&r->p,
					   "expected an entry as an object");
			return;
		}
		if (!np_pull_object(&r->p))
			return;
		while (np_pull_member(&r->p, &member, &r->mem, &name)) {
			if (np_is(name, "cve"))
				read_cve(r);
			else
				skip(r);
		}
	}
}

static void read_all(struct reading *r)
{
	struct np_cur name;
	bool begun = false;

	if (np_pull_ahead(&r->p) != '{' || !np_pull_object(&r->p)) {
		(void)np_pull_fail(&r->p, "expected a JSON object, as NVD's "
					  "feeds of version 2.0 are");
		return;
	}
	while (np_pull_member(&r->p, &begun, &r->mem, &name)) {
		if (np_is(name, "vulnerabilities"))
			read_entries(r);
		else if (np_is(name, "CVE_Items"))
			(void)np_pull_fail(&r->p, "expected NVD's format 2.0; "
						  "this is 1.1");
		else
			skip(r);
	}
	if (!r->p.why && !r->found)
		(void)np_pull_fail(&r->p, "expected vulnerabilities, as NVD's "
					  "feeds of version 2.0 have them");
	if (!r->p.why && !np_pull_end(&r->p))
		(void)np_pull_fail(&r->p, "something behind the list");
}

static int blame(const char *name, const uint8_t *p, size_t n,
		 const struct np_pull *at, struct np_err *reterr)
{
	/* What failed has nothing left, but stands where it failed. */
	size_t k = at->c.p >= p && at->c.p <= p + n ? (size_t)(at->c.p - p) : n;
	size_t line = 1, begin = 0;

	for (size_t i = 0; i < k; i++)
		if (p[i] == '\n') {
			line++;
			begin = i + 1;
		}
	(void)np_fail(reterr, NP_EINPUT, at->why, name, line);
	if (reterr)
		reterr->column = (uint32_t)(k - begin + 1);
	return NP_EINPUT;
}

int np_cve_parse(const char *name, const void *p, size_t n, np_cve_fn *fn,
		 void *ctx, uint64_t *ret_entries, struct np_err *reterr)
{
	struct reading r = {
		.p = np_pull(p, n),
		.mem = np_arena((size_t)16 << 20),
		.fn = fn,
		.ctx = ctx,
	};

	read_all(&r);
	np_arena_free(&r.mem);
	*ret_entries = r.entries;
	if (r.rc)
		return np_fail(reterr, r.rc, np_strerror(r.rc), name, 0);
	return r.p.why ? blame(name, p, n, &r.p, reterr) : NP_OK;
}

int np_cve_read(const char *path, np_cve_fn *fn, void *ctx,
		uint64_t *ret_entries, struct np_err *reterr)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), rc;
	struct stat st = {0};
	void *p = MAP_FAILED;

	*ret_entries = 0;
	if (fd < 0 || fstat(fd, &st) < 0)
		rc = np_fail(reterr, NP_EUSAGE, strerror(errno), path, 0);
	else if (!S_ISREG(st.st_mode) || !st.st_size)
		rc = np_fail(reterr, NP_EINPUT,
			     "expected a file that holds "
			     "something",
			     path, 0);
	else if ((uint64_t)st.st_size > NP_CVE_FILE)
		rc = np_fail(reterr, NP_ELIMIT, "a list over the limit", path,
			     0);
	else
		rc = NP_OK;
	if (!rc)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd,
			 0);
	if (!rc && p == MAP_FAILED)
		rc = np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	if (!rc)
		rc = np_cve_parse(path, p, (size_t)st.st_size, fn, ctx,
				  ret_entries, reterr);
	if (p != MAP_FAILED)
		(void)munmap(p, (size_t)st.st_size);
	if (fd >= 0)
		(void)close(fd);
	return rc;
}
