/** Whether an alarm is on, and for how many windows in a row the figure has been low or high. */
export interface AlarmState {
  readonly isOpen: boolean;
  readonly lowWindows: number;
  readonly highWindows: number;
}
export type AlarmChange = 'opened' | 'lasts' | 'closed' | 'quiet';

export const calm: AlarmState = { isOpen: false, lowWindows: 0, highWindows: 0 };

/** An alarm ends when the figure was under half of its threshold for so many windows. */
const closingWindows = 3;
const closingShare = 0.5;

/** Takes the figure of one more window. Opens above the threshold for `inARow` windows. */
export function alarm(
  state: AlarmState,
  value: number,
  threshold: number,
  inARow = 1,
): { readonly state: AlarmState; readonly change: AlarmChange } {
  const highWindows = value > threshold ? state.highWindows + 1 : 0;
  if (!state.isOpen) {
    const isOpen = highWindows >= inARow;
    return {
      state: { isOpen, lowWindows: 0, highWindows },
      change: isOpen ? 'opened' : 'quiet',
    };
  }
  const lowWindows = value <= threshold * closingShare ? state.lowWindows + 1 : 0;
  if (lowWindows >= closingWindows) return { state: calm, change: 'closed' };
  return { state: { isOpen: true, lowWindows, highWindows }, change: 'lasts' };
}
