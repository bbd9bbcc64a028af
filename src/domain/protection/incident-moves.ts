/** Every state an incident can be in. The first three are live: it is not over yet. */
export const incidentStates = [
  'open',
  'acknowledged',
  'mitigating',
  'resolved',
  'reviewed',
] as const;
export type IncidentState = (typeof incidentStates)[number];

/** One legal move and what causes it. */
export interface IncidentMove {
  readonly from: IncidentState;
  readonly to: IncidentState;
  readonly because: string;
}

const move = (from: IncidentState, to: IncidentState, because: string): IncidentMove => ({
  from,
  to,
  because,
});

/** The one table of legal moves. What is not here does not happen. */
export const incidentMoves: readonly IncidentMove[] = [
  move('open', 'acknowledged', 'somebody has seen it and looks after it'),
  move('open', 'mitigating', 'somebody acts at once'),
  move('open', 'resolved', 'it is over, or was quiet for long enough'),
  move('acknowledged', 'mitigating', 'somebody acts'),
  move('acknowledged', 'open', 'the acknowledgement ran out'),
  move('acknowledged', 'resolved', 'it is over, or was quiet for long enough'),
  move('mitigating', 'open', 'the acknowledgement ran out'),
  move('mitigating', 'resolved', 'it is over, or was quiet for long enough'),
  move('resolved', 'open', 'it was seen again soon after'),
  move('resolved', 'reviewed', 'people said whether it was one'),
];

export const isLegalMove = (from: IncidentState, to: IncidentState): boolean =>
  incidentMoves.some((legal) => legal.from === from && legal.to === to);

/** Tells whether it is not over yet. */
export const isLive = (state: IncidentState): boolean =>
  state === 'open' || state === 'acknowledged' || state === 'mitigating';
