import type pg from 'pg'
import { importCorrespondence, NotACorrespondence } from './import-correspondence.ts'
import { importNaf } from './import-naf.ts'

type Say = (line: string) => void
const n = (number: number) => number.toLocaleString('fr-FR')

export const isEdition = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

export const bringNaf = async (owner: pg.ClientBase, text: string, say: Say): Promise<number> => {
  const r = await importNaf(owner, text)
  say(`${r.nomenclature} : ${n(r.labels)} libellés, dont ${n(r.finest)} sous-classes`)
  return 0
}

export const bringCorrespondence = async (
  owner: pg.ClientBase,
  text: string,
  edition: string | undefined,
  say: Say,
): Promise<number> => {
  if (!isEdition(edition)) throw new NotACorrespondence('naf-correspondence attend --edition AAAA-MM')
  const r = await importCorrespondence(owner, text, edition)
  say(
    `Correspondance de l’INSEE, édition ${edition} : ${n(r.pairs)} lignes, ${n(r.codes)} codes de la NAF rév. 2, dont ${n(r.split)} répartis entre plusieurs codes de la NAF 2025`,
  )
  return 0
}
