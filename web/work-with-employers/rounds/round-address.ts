import { mostStops } from '../../../contract/work-with-employers/rounds.ts'

/** What the address of a round says: numbers of establishments, else the day of one’s visits. Nothing that names a person. */
export interface RoundAddress {
  readonly etablissements?: string | undefined
  readonly jour?: string | undefined
}
export interface Asked {
  /** Undefined: the visits of the day. */
  readonly sirets: readonly string[] | undefined
  readonly day: string
}

/** What is malformed is left out; without a day, it is today. */
export const askedBy = ({ etablissements, jour }: RoundAddress, today: string): Asked => {
  const sirets = [...new Set(etablissements?.split(',').filter(siret => /^\d{14}$/.test(siret)))].slice(0, mostStops)
  return {
    sirets: sirets.length > 0 ? sirets : undefined,
    day: jour && /^\d{4}-\d\d-\d\d$/.test(jour) && !Number.isNaN(Date.parse(jour)) ? jour : today,
  }
}
export const siretsText = (sirets: readonly string[]): string | undefined =>
  sirets.length > 0 ? sirets.join(',') : undefined
