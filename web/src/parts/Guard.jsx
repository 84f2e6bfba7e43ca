// SPDX-License-Identifier: ISC
import { Component } from 'preact';
import { Failure } from './Waiting.jsx';

// A part that cannot be drawn says so, and the others stay.
export class Guard extends Component {
	static getDerivedStateFromError(error) {
		return { error };
	}

	render({ t, children }, { error }) {
		return error ? <Failure error={error} t={t} /> : children;
	}
}
