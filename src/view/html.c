/* SPDX-License-Identifier: ISC */
#include "view/html.h"
#include "core/hash.h"
#include "core/pack.h"
#include "report/member.h"
#include <stdio.h>

#define DOCUMENT ((size_t)512 << 20)

extern const char np_shell[];
extern const size_t np_shell_n;

static const char META[] = "<!--np:meta-->";
static const char PACKS[] = "<!--np:packs-->";
static const char LANG[] = "<html lang=\"en\"";

const char *np_shell_text(size_t *ret_n)
{
	*ret_n = np_shell_n;
	return np_shell;
}

/* ---- texts */

void np_put_html(struct np_buf *b, const char *s)
{
	struct np_buf plain = np_buf((size_t)1 << 20);

	np_put_plain(&plain, s, s ? strlen(s) : 0, 0);
	for (size_t i = 0; i < plain.n; i++) {
		char c = plain.p[i];

		if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'')
			np_putf(b, "&#%d;", c);
		else
			np_putc(b, c);
	}
	b->failed |= plain.failed;
	np_buf_free(&plain);
}

void np_put_title(const struct np_view_in *in, struct np_buf *b)
{
	const char *name = np_party_name(in->report->party);
	char day[16];

	np_puts(b, "nameplate: ");
	if (name)
		np_putf(b, "%s, ", name);
	np_puts(b, np_day_text(in->report->as_of, day));
}

/* ---- the policy */

static void put_hash(const char *p, size_t n, struct np_buf *b)
{
	uint8_t hash[32];

	np_sha256(p, n, hash);
	np_puts(b, " 'sha256-");
	np_put_base64(b, hash, sizeof(hash));
	np_putc(b, '\'');
}

/* Of each element "<script…>…</script>" what stands in it. */
static void put_hashes(const char *shell, const char *element, struct np_buf *b)
{
	char open[16], close[16];

	(void)snprintf(open, sizeof(open), "<%s", element);
	(void)snprintf(close, sizeof(close), "</%s>", element);
	for (const char *at = strstr(shell, open), *end; at;
	     at = strstr(end, open)) {
		at = strchr(at, '>');
		end = at ? strstr(at, close) : NULL;
		if (!end)
			return;
		put_hash(at + 1, (size_t)(end - at - 1), b);
	}
}

void np_html_policy(const char *shell, struct np_buf *b)
{
	np_puts(b, "default-src 'none'; script-src");
	put_hashes(shell, "script", b);
	np_puts(b, "; style-src");
	put_hashes(shell, "style", b);
	np_puts(b, "; img-src data:; base-uri 'none'; form-action 'none'; "
		   "require-trusted-types-for 'script'");
}

static void put_meta(const struct np_view_in *in, struct np_buf *b)
{
	struct np_buf title = np_buf(65536);

	np_puts(b, "<meta http-equiv=\"Content-Security-Policy\" content=\"");
	np_html_policy(np_shell, b);
	np_puts(b, "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
		   "<meta name=\"generator\" content=\"nameplate " NP_VERSION
		   "\">\n<meta name=\"classification\" content=\"");
	np_put_html(b, np_audience_mark(in->table, in->audience, in->lang));
	np_puts(b, "\">\n<title>");
	np_put_title(in, &title);
	np_put_html(b, title.p);
	np_puts(b, "</title>\n");
	np_buf_free(&title);
}

/* ---- packs */

void np_html_knowledge(const struct np_report *r, char ret[static 65])
{
	struct np_buf all = np_buf((size_t)1 << 20);
	struct np_knowledge_part k;
	struct np_law_part l;
	uint8_t hash[32];

	for (size_t i = 0; np_knowledge_part(r->knowledge, i, &k); i++)
		np_putf(&all, "%s %s\n", k.name, k.sha256);
	for (size_t i = 0; np_law_part(r->law, i, &l); i++)
		np_putf(&all, "%s %s\n", l.name, l.sha256);
	np_sha256(all.p ? all.p : "", all.n, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		(void)snprintf(ret + i * 2, 3, "%02x", hash[i]);
	np_buf_free(&all);
}

static void put_ask(const struct np_view_in *in, const struct np_html_ask *ask,
		    struct np_buf *b)
{
	char hash[65];

	np_html_knowledge(in->report, hash);
	np_puts(b, ",\"written\":{\"program\":\"nameplate " NP_VERSION "\"");
	np_put_jmember(b, "site", in->style->site);
	np_put_jmember(b, "what_if", in->what_if);
	np_put_jmember(b, "knowledge", hash);
	np_putf(b, ",\"kept\":%s", ask->kept ? "true" : "false");
	np_put_jmember(b, "files", ask->files);
	np_putc(b, '}');
}

void np_html_boot(const struct np_view_in *in, const struct np_html_ask *ask,
		  bool live, struct np_buf *b)
{
	struct np_buf title = np_buf(65536);
	const char *open = "";
	char day[16];

	np_put_title(in, &title);
	np_putf(b, "{\"schema\":\"nameplate.page/1\",\"live\":%s",
		live ? "true" : "false");
	np_put_jmember(b, "audience", np_audience_name(in->audience));
	np_put_jmember(b, "mark",
		       np_audience_mark(in->table, in->audience, in->lang));
	np_put_jmember(b, "lang", in->lang);
	np_put_jmember(b, "title", title.p);
	np_put_jmember(b, "as_of", np_day_text(in->report->as_of, day));
	np_puts(b, ",\"packs\":[");
	for (const struct np_view *v = np_views; v->name; v++) {
		if (!np_view_allowed(in, v))
			continue;
		np_putf(b, "%s\"%s\"", open, v->name);
		open = ",";
	}
	np_putf(b, "],\"evidence\":%u", in->packs);
	put_ask(in, ask, b);
	np_buf_free(&title);
}

/* One pack; `view` is emptied first, so that one memory serves all. */
static int put_pack(const char *name, const struct np_buf *view,
		    struct np_buf *b)
{
	int rc;

	np_putf(b, "<script type=\"application/octet-stream\" id=\"np-%s\">",
		name);
	rc = np_pack(view->p, view->n, b);
	np_puts(b, "</script>\n");
	return rc;
}

static int put_packs(const struct np_view_in *in, const struct np_html_ask *ask,
		     struct np_buf *b, struct np_err *reterr)
{
	struct np_buf view = np_buf(DOCUMENT);
	int rc = NP_OK;

	np_puts(b, "<script type=\"application/json\" id=\"np-boot\">");
	np_html_boot(in, ask, false, b);
	np_puts(b, "}</script>\n");
	for (const struct np_view *v = np_views; v->name && !rc; v++) {
		if (!np_view_allowed(in, v))
			continue;
		np_buf_clear(&view);
		rc = v->write(in, &view, reterr);
		if (!rc)
			rc = view.failed ? NP_ENOMEM
					 : put_pack(v->name, &view, b);
	}
	for (uint32_t k = 0; k < in->packs && !rc; k++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "evidence-%u", k);
		np_buf_clear(&view);
		rc = np_view_evidence_pack(in, k, &view);
		if (!rc)
			rc = put_pack(name, &view, b);
	}
	np_buf_free(&view);
	return rc;
}

/* ---- the page */

int np_html(const struct np_view_in *in, const struct np_html_ask *ask,
	    struct np_buf *to, struct np_err *reterr)
{
	const char *lang = strstr(np_shell, LANG);
	const char *meta = lang ? strstr(lang, META) : NULL;
	const char *packs = meta ? strstr(meta, PACKS) : NULL;
	int rc;

	if (!packs)
		return np_fail(reterr, NP_EABSENT,
			       "the pages' front end was not built in: its "
			       "marks are missing",
			       "web/", 0);
	np_put(to, np_shell, (size_t)(lang - np_shell));
	np_putf(to, "<html lang=\"%s\"", in->lang);
	lang += sizeof(LANG) - 1;
	np_put(to, lang, (size_t)(meta - lang));
	put_meta(in, to);
	meta += sizeof(META) - 1;
	np_put(to, meta, (size_t)(packs - meta));
	rc = np_put_noscript(in, to);
	if (!rc)
		rc = put_packs(in, ask, to, reterr);
	np_puts(to, packs + sizeof(PACKS) - 1);
	return rc ? rc : to->failed ? NP_ENOMEM : NP_OK;
}
