import { html, type Html } from './html.ts';

/** What the button of a choice says, and what comes of it. */
export type ChoiceWords = readonly [label: string, hint: string];

/** Some ways a payer's page can end, each a button that sends its name; `first` stands out. */
export function choiceGroup<Choice extends string>(
  title: string,
  choices: readonly Choice[],
  words: Readonly<Record<Choice, ChoiceWords>>,
  first?: Choice,
): Html {
  return html`<fieldset>
    <legend>${title}</legend>
    ${choices.map((choice) => {
      const [label, hint] = words[choice];
      const look = choice === first ? 'choice main' : 'choice';
      return html`<button class="${look}" name="choice" value="${choice}">
        <span>${label}</span><small>${hint}</small>
      </button>`;
    })}
  </fieldset>`;
}
