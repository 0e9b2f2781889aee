// Chance from a seed: the same seed gives the same choices everywhere.
export class Chance {
  #state;

  constructor(seed) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
  }

  #next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to below `count`. */
  below(count) { return Math.floor(this.#next() * count); }

  /** A whole number, both ends included. */
  between(least, most) { return least + this.below(most - least + 1); }

  /** True about once in `count` times. */
  once(count) { return this.below(count) === 0; }

  pick(list) { return list[this.below(list.length)]; }

  /** What one of the functions given makes. */
  one(...makers) { return this.pick(makers)(); }

  /** `least` to `most` things made one after another. */
  some(least, most, make) { return Array.from({ length: this.between(least, most) }, (_, i) => make(i)); }

  /** The things in another order. */
  shuffled(list) {
    const rest = [...list], order = [];
    while (rest.length > 0) order.push(...rest.splice(this.below(rest.length), 1));
    return order;
  }
}
