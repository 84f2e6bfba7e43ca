// SPDX-License-Identifier: ISC
// A grid of any number of rows: only those on screen are in the document. The
// keyboard stays with the grid; which row it is on is said by
// aria-activedescendant.
import {
	useEffect,
	useLayoutEffect,
	useMemo,
	useReducer,
	useRef,
	useState,
} from 'preact/hooks';
import {
	elementScroll,
	observeElementOffset,
	observeElementRect,
	Virtualizer,
} from '@tanstack/virtual-core';

const HIGH = 38,
	HIGH_NARROW = 68,
	NARROW = 640,
	PAGE = 12;

function useVirtual(options) {
	const [, again] = useReducer((n) => n + 1, 0);
	const virtual = useMemo(
		() =>
			new Virtualizer({
				...options,
				scrollToFn: elementScroll,
				observeElementRect,
				observeElementOffset,
				onChange: () => again(),
			}),
		[],
	);
	virtual.setOptions({ ...virtual.options, ...options });
	useLayoutEffect(() => virtual._didMount(), []);
	useLayoutEffect(() => virtual._willUpdate());
	return virtual;
}

// The width of an element, in steps, so that dragging a window draws little.
function useWidth(ref) {
	const [width, set] = useState(1000);
	useLayoutEffect(() => {
		const seen = new ResizeObserver(([entry]) =>
			set(Math.floor(entry.contentRect.width / 20) * 20),
		);
		seen.observe(ref.current);
		return () => seen.disconnect();
	}, []);
	return width;
}

// all: [{key, label, cls, track, from, cell(row)}]: track as in CSS grids, from
// which width of the grid on the column is shown; rows: row numbers; open(row);
// at: the row whose drawer is open, or -1; brief(row, span): for narrow screens.
export function Grid({
	label,
	hint,
	columns: all,
	rows,
	sort,
	onSort,
	open,
	at,
	brief,
	t,
}) {
	const box = useRef();
	const width = useWidth(box);
	const narrow = width < NARROW;
	const columns = all.filter((c) => width >= (c.from ?? 0));
	const tracks = {
		gridTemplateColumns: columns.map((c) => c.track).join(' '),
	};
	const high = narrow ? HIGH_NARROW : HIGH;
	// Keys may come faster than rows are drawn, so they count from here.
	const [active, draw] = useState(0);
	const now = useRef(0);
	const setActive = (index) => {
		now.current = index;
		draw(index);
	};
	const virtual = useVirtual({
		count: rows.length,
		overscan: 8,
		getScrollElement: () => box.current,
		estimateSize: () => high,
		scrollPaddingStart: narrow ? 0 : HIGH,
	});
	useLayoutEffect(() => virtual.measure(), [high]);

	// Another list begins at its top; the row that is open stays the active one.
	useEffect(() => {
		const open = at >= 0 ? rows.indexOf(at) : -1;
		setActive(Math.max(0, open));
		if (open >= 0) virtual.scrollToIndex(open, { align: 'auto' });
		else if (box.current.scrollTop) virtual.scrollToOffset(0);
	}, [rows]);
	useEffect(() => {
		const open = at >= 0 ? rows.indexOf(at) : -1;
		if (open < 0) return;
		setActive(open);
		virtual.scrollToIndex(open, { align: 'auto' });
	}, [at]);

	function move(to) {
		const next = Math.max(0, Math.min(rows.length - 1, to));
		setActive(next);
		virtual.scrollToIndex(next, { align: 'auto' });
	}
	function onKeyDown(event) {
		if (event.target !== box.current || !rows.length) return;
		const steps = {
			ArrowDown: now.current + 1,
			ArrowUp: now.current - 1,
			PageDown: now.current + PAGE,
			PageUp: now.current - PAGE,
			Home: 0,
			End: rows.length - 1,
		};
		if (event.key in steps) move(steps[event.key]);
		else if (event.key === 'Enter' || event.key === ' ')
			open(rows[now.current]);
		else return;
		event.preventDefault();
	}

	const items = virtual.getVirtualItems();
	const seen = items.some((item) => item.index === active);
	return (
		<div
			class={`grid ${narrow ? 'grid-narrow' : ''}`}
			ref={box}
			role="grid"
			tabIndex={0}
			aria-label={label}
			aria-describedby="np-grid-hint"
			aria-rowcount={rows.length + 1}
			aria-colcount={columns.length}
			aria-activedescendant={seen ? `np-row-${active}` : undefined}
			onKeyDown={onKeyDown}>
			<p id="np-grid-hint" class="unseen" role="presentation">
				{hint}
			</p>
			<div class="grid-head" role="rowgroup">
				<div
					class="grid-row"
					role="row"
					aria-rowindex={1}
					style={tracks}>
					{columns.map((c, i) => (
						<Head
							key={c.key}
							c={c}
							i={i}
							sort={sort}
							onSort={onSort}
							t={t}
						/>
					))}
				</div>
			</div>
			<div
				class="grid-body"
				role="rowgroup"
				style={{ height: `${virtual.getTotalSize()}px` }}>
				{items.map(({ index, start }) => {
					const row = rows[index];
					if (row === undefined) return null;
					return (
						<div
							key={index}
							id={`np-row-${index}`}
							role="row"
							aria-rowindex={index + 2}
							aria-selected={row === at}
							class={`grid-row ${index === active ? 'is-active' : ''}`}
							style={{
								...tracks,
								transform: `translateY(${start}px)`,
								height: `${high}px`,
							}}
							onClick={() => {
								setActive(index);
								open(row);
							}}>
							{narrow
								? brief(row, columns.length)
								: columns.map((c, i) => (
										<div
											key={c.key}
											role="gridcell"
											aria-colindex={i + 1}
											class={`cell ${c.cls ?? ''}`}>
											{c.cell(row)}
										</div>
									))}
						</div>
					);
				})}
			</div>
		</div>
	);
}

function Head({ c, i, sort, onSort, t }) {
	const up = sort === c.key,
		down = sort === `-${c.key}`;
	return (
		<div
			role="columnheader"
			aria-colindex={i + 1}
			class={`cell ${c.cls ?? ''}`}
			aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
			<button
				type="button"
				tabIndex={-1}
				aria-label={t('devices.sort', {
					what: c.label,
				})}
				onClick={() => onSort(up ? `-${c.key}` : c.key)}>
				{c.label}
				<span aria-hidden="true" class="arrow">
					{up ? '↑' : down ? '↓' : ''}
				</span>
			</button>
		</div>
	);
}
