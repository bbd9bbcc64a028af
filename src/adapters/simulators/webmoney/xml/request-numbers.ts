import { XmlProblem, retvals } from './xml-calls.ts';

/** The numbers a WMID gives its requests: each must be larger than all before. They do not make a repeat harmless. */
export class RequestNumbers {
  #last = 0;

  take(reqn: string): void {
    const number = Number(reqn);
    if (number <= this.#last) {
      throw new XmlProblem(retvals.numberNotGrowing, `reqn ${reqn} does not grow`);
    }
    this.#last = number;
  }
}
