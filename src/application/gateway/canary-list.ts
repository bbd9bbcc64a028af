/** Ids that nobody owns and that exist to be stolen. */
export interface CanaryList {
  has(id: string): boolean;
  /** Takes the inside's list; an older one changes nothing. Ids of the settings stay. */
  replace(seq: number, ids: readonly string[]): void;
}

export const canaryList = (always: readonly string[]): CanaryList => {
  let listed: ReadonlySet<string> = new Set(always);
  let held = -1;
  return {
    has: (id) => listed.has(id),
    replace: (seq, ids) => {
      if (seq <= held) return;
      held = seq;
      listed = new Set([...always, ...ids]);
    },
  };
};
