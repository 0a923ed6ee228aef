import { companySizeWords, legalNatureWords } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { ShownColumn } from '../../exports/file-columns.ts'
import { dayOf, formatDay, formatSiret } from '../../platform/format.ts'
import { type ListColumns, useListColumns } from '../../platform/list-columns.ts'
import { lineActivity, shortOrganisation, townWords } from '../../platform/names.ts'
import { Badge, type Column, Link } from '../../ui/index.ts'
import { targetStatusWords } from '../campaigns/words.ts'
import { Due } from '../exchanges/next-action-parts.tsx'
import { actionWords } from '../exchanges/words.ts'
import { ChooseColumns } from '../saved-views/choose-columns.tsx'
import { LastWords, type Line } from './line-parts.tsx'

/** The file of one’s actions says the same. */
export type ColumnId = ShownColumn<'portfolio'> & ShownColumn<'nextActions'>
export const portfolioColumns = {
  action: { head: 'Prochaine action', cell: line => <Planned line={line} /> },
  etat: { head: 'État', cell: ({ status }) => (status ? targetStatusWords[status].word : '') },
  lieu: { head: 'Lieu', cell: ({ establishment }) => townWords(establishment.town) ?? '' },
  campagne: {
    head: 'Campagne',
    cell: ({ campaign }) => campaign?.name && <Link href={`/campagnes/${campaign.id}`}>{campaign.name}</Link>,
    secondary: true,
  },
  contact: {
    head: 'Dernier contact',
    cell: ({ lastContact }) =>
      lastContact && (
        <span className="cc-two">
          {formatDay(lastContact.occurredOn)}
          <span className="fr-hint-text">{shortOrganisation(lastContact.organisation.name)}</span>
        </span>
      ),
  },
  mots: { head: 'Derniers mots', wide: true, cell: line => <LastWords line={line} /> },
  prise: { head: 'Prise en charge', cell: ({ takenAt }) => takenAt && formatDay(dayOf(takenAt)) },
  activite: { head: 'Activité', cell: ({ establishment }) => lineActivity(establishment) },
  effectif: { head: 'Effectif', cell: ({ establishment }) => establishment.headcount?.label },
  nature: { head: 'Nature', cell: ({ establishment }) => legalNatureWords[establishment.legalNature] },
  entreprise: { head: 'Taille', cell: ({ establishment }) => companySizeWords[establishment.companySize] },
  siret: {
    head: 'SIRET',
    cell: ({ establishment }) => <span className="cc-whole">{formatSiret(establishment.siret)}</span>,
  },
} satisfies Record<ColumnId, Column<Line>>

const columns: ListColumns<ColumnId> = {
  words: {
    action: 'Prochaine action',
    etat: 'État',
    lieu: 'Lieu',
    campagne: 'Campagne',
    contact: 'Dernier contact',
    mots: 'Derniers mots',
    prise: 'Prise en charge',
    activite: 'Activité',
    effectif: 'Effectif',
    nature: 'Nature juridique',
    entreprise: 'Taille de l’entreprise',
    siret: 'SIRET',
  },
  usual: ['action', 'etat', 'lieu', 'campagne'],
}
export const usePortfolioColumns = () => useListColumns(columns)
export const ChoosePortfolioColumns = () => <ChooseColumns columns={columns} />

const Planned = ({ line: { nextAction, new: fresh } }: { line: Line }) =>
  nextAction ? (
    <span className="cc-two">
      {actionWords[nextAction.kind]} <Due action={nextAction} />
      {nextAction.notedBy && (
        <span className="fr-hint-text">
          Suite à <Link href={`/echanges/${nextAction.exchangeId}`}>l’échange noté par {nextAction.notedBy.name}</Link>
        </span>
      )}
    </span>
  ) : fresh ? (
    <Badge tone="new">nouvelle</Badge>
  ) : (
    <span className="cc-absent">rien de prévu</span>
  )
