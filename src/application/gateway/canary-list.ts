/** Ids that nobody owns and that exist to be stolen. */
export interface CanaryList {
  has(id: string): boolean;
  /** Takes the inside's list; an older one changes nothing. Ids of the settings stay. Answers whether it was newer. */
  replace(seq: number, ids: readonly string[]): boolean;
}

export const canaryList = (always: readonly string[]): CanaryList => {
  let listed: ReadonlySet<string> = new Set(always);
  let held = -1;
  return {
    has: (id) => listed.has(id),
    replace: (seq, ids) => {
      if (seq <= held) return false;
      held = seq;
      listed = new Set([...always, ...ids]);
      return true;
    },
  };
};
