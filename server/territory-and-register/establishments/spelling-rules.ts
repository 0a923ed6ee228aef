/* How far a typed word is from a word of the register. Words are of a-z and 0-9. */

const rows = ['azertyuiop', 'qsdfghjklm', 'wxcvbn']
/** Next to each other on a French keyboard. */
const neighbours = (a: string, b: string): boolean => {
  const [ra, rb] = [rows.findIndex(r => r.includes(a)), rows.findIndex(r => r.includes(b))]
  return ra >= 0 && rb >= 0 && Math.abs(ra - rb) <= 1 && Math.abs(rows[ra]!.indexOf(a) - rows[rb]!.indexOf(b)) <= 1
}

/**
 * The cost of the slips from one word to the other. A whole letter costs 1.
 * A doubled letter, a swap or a neighbour key costs less. A wrong first letter is rare.
 */
export const slips = (typed: string, word: string): number => {
  const width = word.length + 1
  const cost = new Float64Array((typed.length + 1) * width)
  const at = (i: number, j: number) => cost[i * width + j]!
  const first = (i: number, j: number) => (i <= 1 && j <= 1 ? 0.3 : 0)
  for (let i = 0; i <= typed.length; i++) {
    for (let j = 0; j <= word.length; j++) {
      if (i === 0 && j === 0) continue
      let best = Number.POSITIVE_INFINITY
      if (i > 0) best = Math.min(best, at(i - 1, j) + (i > 1 && typed[i - 1] === typed[i - 2] ? 0.5 : 1) + first(i, j))
      if (j > 0) best = Math.min(best, at(i, j - 1) + (j > 1 && word[j - 1] === word[j - 2] ? 0.5 : 1) + first(i, j))
      if (i > 0 && j > 0)
        best = Math.min(
          best,
          at(i - 1, j - 1) +
            (typed[i - 1] === word[j - 1] ? 0 : (neighbours(typed[i - 1]!, word[j - 1]!) ? 0.7 : 1) + first(i, j)),
        )
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
        best = Math.min(best, at(i - 2, j - 2) + 0.6)
      cost[i * width + j] = best
    }
  }
  return at(typed.length, word.length)
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz'
/**
 * Every text one slip away: looked up in the lexicon as they are, which no similarity of trigrams does for short words.
 */
export const oneSlipAway = (typed: string): string[] => {
  const all = new Set<string>()
  for (let i = 0; i <= typed.length; i++) {
    const [before, after] = [typed.slice(0, i), typed.slice(i)]
    for (const letter of alphabet) {
      all.add(before + letter + after)
      if (after) all.add(before + letter + after.slice(1))
    }
    if (after) all.add(before + after.slice(1))
    if (after.length > 1) all.add(before + after[1] + after[0] + after.slice(2))
  }
  all.delete(typed)
  return [...all]
}

export interface Candidate {
  readonly word: string
  readonly establishments: number /** Heard the same. */
  readonly alike: boolean
}
/** At most for one slip, the first letter included. */
export const oneSlip = 1.3
/** What is forgiven in a word of this length. */
export const forgiven = (length: number) => (length <= 4 ? oneSlip : length <= 7 ? 2 : 2.7)
/**
 * What was probably meant, the nearest first: only those about as near as the nearest, the commoner first among equals.
 * `forms` are the word as typed and without its plural.
 * A second, more generous look is for when the nearest led nowhere.
 */
export const likeliest = (
  forms: readonly string[],
  candidates: readonly Candidate[],
  { most, generous }: { most?: number | undefined; generous: boolean },
): Candidate[] => {
  const longest = Math.max(...forms.map(f => f.length))
  const limit = most ?? forgiven(longest)
  const judged = candidates
    .filter(c => !forms.includes(c.word))
    .map(c => ({ c, cost: Math.min(...forms.map(f => slips(f, c.word)), c.alike && longest >= 3 ? 0.8 : 9) }))
    .filter(({ cost }) => cost <= limit)
  const best = Math.min(...judged.map(({ cost }) => cost))
  return judged
    .filter(({ cost }) => cost <= best + (generous ? 1.5 : 0.5))
    .sort((a, b) => a.cost - b.cost || b.c.establishments - a.c.establishments)
    .slice(0, generous ? 20 : 8)
    .map(({ c }) => c)
}
