import type { civilities } from '../../../contract/work-with-employers/correspondents.ts'
import {
  channelLabels,
  type channels,
  resultLabels,
  type results,
} from '../../../contract/work-with-employers/exchanges.ts'
import { plainText } from '../../platform/plain-text.ts'

export type Channel = (typeof channels)[number]
export type Result = (typeof results)[number]

const months = ['jan', 'fev', 'mar', 'avr', 'mai', 'juin', 'juil', 'aou', 'sep', 'oct', 'nov', 'dec']
const iso = (year: number, month: number, day: number): string | undefined => {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined
}
const yearOf = (text: string) => (text.length === 2 ? 2000 + Number(text) : Number(text))

/** A French date as AAAA-MM-JJ; what is none stays as it is written, for the trial to say so. */
export const dayOf = (cell: string): string => {
  const text = plainText(cell)
    .replace(/\s+\d{1,2}[:h]\d{2}.*$/, '')
    .trim()
  const inFull = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:t.*)?$/.exec(text)
  if (inFull) return iso(Number(inFull[1]), Number(inFull[2]), Number(inFull[3])) ?? cell
  const short = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text)
  if (short) return iso(yearOf(short[3]!), Number(short[2]), Number(short[1])) ?? cell
  const long = /^(?:\w+ )?(\d{1,2})(?:er)? ([a-z]{3,9})\.? (\d{4})$/.exec(text)
  const month = long ? months.findIndex(name => long[2]!.startsWith(name)) : -1
  return (long && month >= 0 ? iso(Number(long[3]), month + 1, Number(long[1])) : undefined) ?? cell
}

const first = <Code extends string>(
  cell: string,
  labels: Readonly<Record<Code, string>>,
  words: readonly (readonly [Code, RegExp])[],
): Code | undefined => {
  const text = plainText(cell)
  const same = (Object.keys(labels) as Code[]).find(code => code === cell || plainText(labels[code]) === text)
  return same ?? words.find(([, like]) => like.test(text))?.[0]
}
/** What people write in their own tools, as the channel it most likely is. */
export const channelOf = (cell: string): Channel | undefined =>
  first(cell, channelLabels, [
    ['visio', /visio|teams|zoom|webex/],
    ['telephone', /tel|appel|phon|^tph/],
    ['courriel', /mail|courriel|mel\b/],
    ['evenement', /evenement|salon|forum|job ?dating|reunion/],
    ['accueil', /accueil|agence|bureau|nos locaux/],
    ['visite', /visite|deplacement|sur place|site|rdv|rendez|physique/],
  ])
export const resultOf = (cell: string): Result | undefined =>
  first(cell, resultLabels, [
    ['pas-de-besoin', /pas de besoin|aucun besoin|sans besoin|rien/],
    ['rendez-vous-pris', /rdv|rendez/],
    ['a-rappeler', /rappel|relance|recontact/],
    ['besoin-detecte', /besoin|recrut|offre|poste/],
    ['mauvais-interlocuteur', /mauvais|pas le bon/],
    ['injoignable', /injoignable|repondeur|messagerie|pas de reponse|sans reponse|nrp/],
    ['absent', /absent/],
    ['refus', /refus|pas interess|non interess/],
    ['ferme', /ferme|cesse|liquid/],
    ['deja-suivi', /deja/],
  ])
export const civilityOf = (cell: string): (typeof civilities)[number] | undefined =>
  /^(mme|madame|mlle|mademoiselle|f|femme)\b/.test(plainText(cell))
    ? 'Mme'
    : /^(m|mr|monsieur|h|homme)\b/.test(plainText(cell))
      ? 'M.'
      : undefined
