// SPDX-License-Identifier: ISC
// What the charts need of the browser: their width, the marks' keys, dragging.
import {
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
} from 'preact/hooks';
import { held, zoomed } from './visible.js';

// What fits between the margins of A4 and of Letter, in CSS pixels.
export const PAPER = 680;

export const calm = () =>
	matchMedia('(prefers-reduced-motion: reduce)').matches;

// An id that no other chart of the document has, on screen or on paper.
let ids = 0;
export const useOwnId = () => useMemo(() => `np-chart-${++ids}`, []);

// The width to draw for, and whether it is for paper. A page that is printed
// is drawn anew for the paper's width: letters keep their size.
export function useWidth(forced = false) {
	const ref = useRef(null);
	const [width, setWidth] = useState(0);
	const [paper, setPaper] = useState(() => matchMedia('print').matches);
	useLayoutEffect(() => {
		const measure = () => {
			const w = Math.floor(ref.current?.clientWidth ?? 0);
			if (w > 0) setWidth(w);
		};
		measure();
		const watch = new ResizeObserver(measure);
		watch.observe(ref.current);
		const on = () => setPaper(true),
			off = () => setPaper(false);
		addEventListener('beforeprint', on);
		addEventListener('afterprint', off);
		return () => {
			watch.disconnect();
			removeEventListener('beforeprint', on);
			removeEventListener('afterprint', off);
		};
	}, []);
	const flat = forced || paper;
	return { ref, width: flat ? PAPER : width, paper: flat };
}

const middle = (el) => {
	const r = el.getBoundingClientRect();
	return [r.left + r.width / 2, r.top + r.height / 2];
};

// The mark that lies in the direction of an arrow key: near, and not far aside.
function toward(marks, from, key) {
	const [x, y] = middle(from);
	const across = key === 'ArrowLeft' || key === 'ArrowRight';
	const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
	let best = null,
		least = Infinity;
	for (const m of marks) {
		const [mx, my] = middle(m);
		const along = sign * (across ? mx - x : my - y);
		const aside = Math.abs(across ? my - y : mx - x);
		const far = along + 2 * aside;
		if (m === from || along <= 0.5 || far >= least) continue;
		best = m;
		least = far;
	}
	return best;
}

// One stop of the tab key for all elements with data-mark below ref; arrows go
// on to the nearest, Home and End to the first and last.
export function useMarks(ref) {
	const at = useRef(null);
	useEffect(() => {
		const root = ref.current;
		const stops = () => {
			const marks = [...root.querySelectorAll('[data-mark]')];
			if (!marks.includes(at.current)) at.current = marks[0] ?? null;
			for (const m of marks)
				m.setAttribute('tabindex', m === at.current ? 0 : -1);
		};
		const drawn = new MutationObserver(stops);
		drawn.observe(root, { childList: true, subtree: true });
		stops();
		const focus = (e) => {
			const m = e.target.closest?.('[data-mark]');
			if (!m || m === at.current) return;
			at.current?.setAttribute('tabindex', -1);
			m.setAttribute('tabindex', 0);
			at.current = m;
		};
		const key = (e) => {
			const from = e.target.closest?.('[data-mark]');
			if (!from || e.ctrlKey || e.metaKey || e.altKey) return;
			const marks = [...root.querySelectorAll('[data-mark]')];
			let to = null;
			if (e.key === 'Home') to = marks[0];
			else if (e.key === 'End') to = marks[marks.length - 1];
			else if (e.key.startsWith('Arrow')) to = toward(marks, from, e.key);
			else if (
				(e.key === 'Enter' || e.key === ' ') &&
				from.getAttribute('role') === 'button'
			)
				from.dispatchEvent(new MouseEvent('click', { bubbles: true }));
			else return;
			if (e.key === 'Enter' && from.getAttribute('role') !== 'button')
				return;
			e.preventDefault();
			to?.focus();
		};
		root.addEventListener('focusin', focus);
		root.addEventListener('keydown', key);
		return () => {
			drawn.disconnect();
			root.removeEventListener('focusin', focus);
			root.removeEventListener('keydown', key);
		};
	}, []);
}

// What is said about the mark under the pointer or with the focus: its
// data-mark, and where it stands within ref. Escape sends it away.
export function useTip(ref) {
	const [tip, setTip] = useState(null);
	useEffect(() => {
		const root = ref.current;
		const show = (e) => {
			const m = e.target.closest?.('[data-mark]');
			if (!m || !root.contains(m)) return setTip(null);
			const a = root.getBoundingClientRect();
			const b = m.getBoundingClientRect();
			const point =
				e.type === 'focusin'
					? {
							x: b.left + b.width / 2,
							top: b.top,
							bottom: b.bottom,
						}
					: {
							x: e.clientX,
							top: e.clientY - 8,
							bottom: e.clientY + 16,
						};
			setTip({
				mark: m.dataset.mark,
				x: point.x - a.left,
				top: point.top - a.top,
				bottom: point.bottom - a.top,
			});
		};
		const hide = () => setTip(null);
		const escape = (e) => e.key === 'Escape' && setTip(null);
		root.addEventListener('pointermove', show);
		root.addEventListener('pointerleave', hide);
		root.addEventListener('focusin', show);
		root.addEventListener('focusout', hide);
		addEventListener('keydown', escape);
		return () => {
			root.removeEventListener('pointermove', show);
			root.removeEventListener('pointerleave', hide);
			root.removeEventListener('focusin', show);
			root.removeEventListener('focusout', hide);
			removeEventListener('keydown', escape);
		};
	}, []);
	return tip;
}

// Dragging, pinching and the wheel on ref as changes of a view {k, x, y}.
// `get` and `set` reach the view; `limits()` is {min, max, box, w, h, share}. A
// click that ends a drag is swallowed. At its limit the wheel scrolls the page.
export function usePan(ref, get, set, limits) {
	const now = useRef(null);
	now.current = { get, set, limits };
	useEffect(() => {
		const el = ref.current;
		const fingers = new Map();
		let moved = 0,
			swallow = false;
		const put = (v) => {
			const l = now.current.limits();
			now.current.set(held(v, l.box, l.w, l.h, l.share));
		};
		const zoom = (by, px, py) => {
			const l = now.current.limits();
			put(zoomed(now.current.get(), by, px, py, l.min, l.max));
		};
		const spot = (e) => {
			const r = el.getBoundingClientRect();
			return [e.clientX - r.left, e.clientY - r.top];
		};
		const down = (e) => {
			if (e.button > 0 || e.target.closest('button, input')) return;
			fingers.set(e.pointerId, spot(e));
			moved = 0;
			swallow = false;
		};
		const move = (e) => {
			if (!fingers.has(e.pointerId)) return;
			const [x, y] = spot(e),
				[ox, oy] = fingers.get(e.pointerId);
			const others = [...fingers].filter(([id]) => id !== e.pointerId);
			moved += Math.abs(x - ox) + Math.abs(y - oy);
			if (moved > 4 && !swallow) {
				swallow = true;
				el.setPointerCapture(e.pointerId);
			}
			const v = now.current.get();
			if (others.length) {
				const [ax, ay] = others[0][1];
				const far = (px, py) => Math.hypot(px - ax, py - ay) || 1;
				zoom(far(x, y) / far(ox, oy), ax, ay);
			} else if (swallow)
				put({ k: v.k, x: v.x + x - ox, y: v.y + y - oy });
			fingers.set(e.pointerId, [x, y]);
		};
		const up = (e) => fingers.delete(e.pointerId);
		const click = (e) => {
			if (!swallow) return;
			swallow = false;
			e.preventDefault();
			e.stopPropagation();
		};
		const wheel = (e) => {
			const l = now.current.limits(),
				v = now.current.get();
			const by = Math.exp(-e.deltaY * (e.deltaMode ? 0.06 : 0.002));
			if ((by > 1 && v.k >= l.max) || (by < 1 && v.k <= l.min)) return;
			e.preventDefault();
			zoom(by, ...spot(e));
		};
		const on = {
			pointerdown: down,
			pointermove: move,
			pointerup: up,
			pointercancel: up,
			wheel,
		};
		for (const [name, fn] of Object.entries(on))
			el.addEventListener(name, fn, { passive: false });
		el.addEventListener('click', click, true);
		return () => {
			for (const [name, fn] of Object.entries(on))
				el.removeEventListener(name, fn);
			el.removeEventListener('click', click, true);
		};
	}, []);
}

// Goes from the present view to another; at once where motion is not wanted.
export function glide(get, set, to, ms = 260) {
	if (calm()) return set(to);
	const from = get(),
		start = performance.now();
	const step = (now) => {
		const u = Math.min(1, (now - start) / ms);
		const e = u * u * (3 - 2 * u);
		const k = from.k * (to.k / from.k) ** e;
		// The share of the way that the scale has gone keeps the
		// movement straight on the screen.
		const f = to.k === from.k ? e : (k - from.k) / (to.k - from.k);
		set({
			k,
			x: from.x + (to.x - from.x) * f,
			y: from.y + (to.y - from.y) * f,
		});
		if (u < 1) requestAnimationFrame(step);
	};
	requestAnimationFrame(step);
}
