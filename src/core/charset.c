/* SPDX-License-Identifier: ISC */
#include "core/charset.h"
#include "core/utf8.h"
#include <iconv.h>
#include <strings.h>

static const char *const sets[NP_CHARSETS] = {
	[NP_GB18030] = "GB18030",
	[NP_SHIFT_JIS] = "CP932",
	[NP_WINDOWS_1252] = "CP1252",
	[NP_WINDOWS_1251] = "CP1251",
};

static const struct {
	const char *name; /* IANA's, and what programs write instead */
	enum np_charset set;
} names[] = {
	{"GB18030", NP_GB18030},
	{"GBK", NP_GB18030},
	{"CP936", NP_GB18030},
	{"GB2312", NP_GB18030},
	{"Shift_JIS", NP_SHIFT_JIS},
	{"Windows-31J", NP_SHIFT_JIS},
	{"windows-1252", NP_WINDOWS_1252},
	{"windows-1251", NP_WINDOWS_1251},
};

/* Characters of inventories, sites and command output, and the most frequent
 * ones of any text. */
static const char common[] = "的一是在不了有人我他这中大来上个国地到为以时要出"
			     "就分对成会可主发年动同工"
			     "能下过子说产种面而方后多定行学法所民经三之进着等"
			     "部度家电力里如水化高自二理"
			     "起小物现实加量都两体制机当使点从业本去把性应开它"
			     "合还因由其些然前外天政四日"
			     "社义事平形相全表间样关各重新线内数正心反明看原又"
			     "利比或但质气第向道命此变条"
			     "华兴设备名称型号版序列厂商网络交换路器站核汇接入"
			     "端口层基城县市区局房楼信移联"
			     "通传输软件硬系统管址位置类北南东西京海州山江广光"
			     "节元运维护密码用户服务";

static _Thread_local struct {
	iconv_t open[NP_CHARSETS];
	bool ready;
} mine;

void np_charsets_ready(void)
{
	if (mine.ready)
		return;
	for (size_t i = 0; i < NP_CHARSETS; i++)
		mine.open[i] = iconv_open("UTF-8", sets[i]);
	mine.ready = true;
}

enum np_charset np_charset_named(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(names[i].name, name) == 0)
			return names[i].set;
	return NP_CHARSETS;
}

/* Appends until all is converted, or what comes is none of it. */
static bool convert(iconv_t how, struct np_cur c, struct np_buf *to)
{
	/* iconv's interface is older than const, and does not write here. */
	union {
		const uint8_t *in;
		char *iconv;
	} from = {.in = c.p};

	(void)iconv(how, NULL, NULL, NULL, NULL);
	while (c.left) {
		char out[1024], *at = out;
		size_t room = sizeof(out), before = c.left;

		(void)iconv(how, &from.iconv, &c.left, &at, &room);
		np_put(to, out, sizeof(out) - room);
		if (c.left == before || to->failed)
			return false;
	}
	return true;
}

bool np_charset_utf8(enum np_charset from, struct np_cur c, struct np_buf *to)
{
	size_t begin = to->n;

	np_charsets_ready();
	if (mine.open[from] != (iconv_t)-1 && convert(mine.open[from], c, to))
		return true;
	if (!to->failed)
		to->n = begin;
	return false;
}

bool np_charset_chinese(struct np_cur text)
{
	size_t han = 0, known = 0;
	char one[5] = "";

	while (text.left) {
		uint32_t u = 0;
		size_t n = np_utf8(text.p, text.left, &u);

		/* Kana: GB 18030 has them where EUC-JP has, and kanji not. */
		if (!n || (u >= 0x3040 && u < 0x3100))
			return false;
		if (u >= 0x4e00 && u < 0xa000) { /* CJK Unified Ideographs */
			memcpy(one, text.p, n);
			one[n] = '\0';
			han++;
			known += strstr(common, one) != NULL;
		}
		np_skip(&text, n);
	}
	return han > 1 && known * 4 >= han;
}

size_t np_charset_gb_length(struct np_cur c)
{
	if (c.left < 2 || c.p[0] < 0x80)
		return c.left ? 1 : 0;
	/* GB 18030, four octets: the second is a digit. */
	return c.p[1] >= '0' && c.p[1] <= '9' && c.left >= 4 ? 4 : 2;
}
