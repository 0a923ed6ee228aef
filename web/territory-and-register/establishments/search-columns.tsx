import type { ShownColumn } from '../../exports/file-columns.ts'
import { formatSiret } from '../../platform/format.ts'
import { type ListColumns, useListColumns } from '../../platform/list-columns.ts'
import { type Line, townWords } from '../../platform/names.ts'
import { ChooseColumns } from '../../work-with-employers/saved-views/choose-columns.tsx'
import { activityWords, correspondsWords, headcountWords, kindWords } from './words.ts'

export type FactId = ShownColumn<'search'>
/** What each line of the results says under the name. */
const facts: ListColumns<FactId> = {
  words: {
    activite: 'Activité',
    code: 'Code d’activité',
    lieu: 'Commune',
    effectif: 'Effectif',
    nature: 'Nature juridique',
    entreprise: 'Taille de l’entreprise',
    siret: 'SIRET',
    contact: 'Dernier contact et campagnes',
  },
  usual: ['activite', 'lieu', 'effectif', 'nature', 'entreprise', 'contact'],
}
export const useFacts = () => useListColumns(facts).chosen
export const ChooseFacts = () => <ChooseColumns columns={facts} label="Ce que dit chaque ligne" />

/** « Boulangerie · Cestas · 10 à 19 salariés »: those chosen that the register knows. */
export const factWords = (line: Line, chosen: readonly FactId[]): string => {
  const has = (one: FactId) => chosen.includes(one)
  return [
    has('activite') && activityWords(line),
    has('code') && line.activity?.code,
    (has('activite') || has('code')) && line.activity && correspondsWords(line.activity),
    has('lieu') && townWords(line.town),
    has('effectif') && headcountWords(line),
    kindWords(line, { nature: has('nature'), size: has('entreprise') }),
    has('siret') && `SIRET ${formatSiret(line.siret)}`,
  ]
    .filter(Boolean)
    .join(' · ')
}
