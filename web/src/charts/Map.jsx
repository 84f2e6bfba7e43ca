// SPDX-License-Identifier: ISC
export function Map({ pack, t }) {
	return <p>{t('page.map')}: {pack.schema}</p>;
}
