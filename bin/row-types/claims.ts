/** A type of TypeScript as plain data, as far as rows go. */
export interface Claim {
  /** `string`, `number`, `boolean`, `Date`, `Buffer`, `null`, `undefined`, `array`, `object`, `unknown`… */
  readonly kinds: readonly string[]
  /** Of an object whose members are named. */
  readonly members?: Readonly<Record<string, Member>>
  /** Of an array. */
  readonly element?: Claim
}
export interface Member extends Claim {
  readonly optional: boolean
}
/** A place of the code that asks for rows. */
export interface Call {
  /** `file:line:column`, as a stack trace gives it. */
  readonly site: string
  /** `room/file function`: what a list can name. */
  readonly place: string
  /** Whether `Db` gives the columns in camelCase. */
  readonly camel: boolean
  /** Undefined where no row type is claimed. */
  readonly row: Claim | undefined
}

const last = ['null', 'undefined']
/** As one would write it. */
export const written = (claim: Claim): string =>
  claim.kinds
    .toSorted((a, b) => last.indexOf(a) - last.indexOf(b))
    .map(kind => {
      if (kind !== 'array') return kind
      const inside = claim.element ? written(claim.element) : 'unknown'
      return inside.includes(' ') ? `(${inside})[]` : `${inside}[]`
    })
    .join(' | ')
