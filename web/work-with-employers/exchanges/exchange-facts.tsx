import type { ShownColumn } from '../../exports/file-columns.ts'
import { type ListColumns, useListColumns } from '../../platform/list-columns.ts'
import { ChooseColumns } from '../saved-views/choose-columns.tsx'

export type ExchangeFactId = ShownColumn<'exchanges'>
/** What each exchange of a history says under its head. */
const facts: ListColumns<ExchangeFactId> = {
  words: {
    canal: 'Canal',
    besoin: 'Besoin',
    notes: 'Notes',
    personne: 'Personne rencontrée',
    suite: 'Suite prévue',
    campagne: 'Campagne',
  },
  usual: ['canal', 'besoin', 'notes', 'personne', 'suite', 'campagne'],
}
export const useExchangeFacts = () => useListColumns(facts).chosen
export const ChooseExchangeFacts = () => <ChooseColumns columns={facts} label="Ce que dit chaque échange" />
export const everyFact = facts.usual
