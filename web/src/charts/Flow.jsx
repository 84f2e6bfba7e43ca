// SPDX-License-Identifier: ISC
export function Flow({ pack, t }) {
	return <p>{t('page.flow')}: {pack.schema}</p>;
}
