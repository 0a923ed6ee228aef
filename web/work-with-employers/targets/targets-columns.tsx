import { lazy, Suspense } from 'react'
import { companySizeWords, legalNatureWords } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { ShownColumn } from '../../exports/file-columns.ts'
import { formatSiret } from '../../platform/format.ts'
import { type ListColumns, useListColumns } from '../../platform/list-columns.ts'
import { lineActivity, shortOrganisation, townWords } from '../../platform/names.ts'
import { type Column, Skeleton } from '../../ui/index.ts'
import type { Campaign, Target } from '../campaigns/words.ts'
import { ChooseColumns } from '../saved-views/choose-columns.tsx'
import { TargetsGroup } from './targets-group.tsx'
import { Line, NextAction, PlainDay, TakenBy, TargetState } from './targets-parts.tsx'
import type { TargetOrder } from './targets-sort.ts'

// Shown when it is asked for: the heads do the same.
const TargetsSort = lazy(() => import('./targets-sort-field.tsx').then(m => ({ default: m.TargetsSort })))

const columnsOf = (campaign: Campaign) =>
  ({
    siret: {
      head: 'SIRET',
      cell: ({ establishment }) => <span className="cc-whole">{formatSiret(establishment.siret)}</span>,
    },
    lieu: {
      head: 'Lieu et activité',
      wide: true,
      cell: ({ establishment }) => <Line first={townWords(establishment.town)} then={lineActivity(establishment)} />,
    },
    effectif: { head: 'Effectif', cell: ({ establishment }) => establishment.headcount?.label },
    nature: { head: 'Nature', cell: ({ establishment }) => legalNatureWords[establishment.legalNature] },
    entreprise: {
      head: 'Taille',
      cell: ({ establishment }) => companySizeWords[establishment.companySize],
    },
    etat: { head: 'État', cell: target => <TargetState target={target} /> },
    qui: {
      head: 'Qui s’en occupe',
      cell: target => <TakenBy target={target} campaign={campaign} />,
    },
    action: { head: 'Prochaine action', cell: target => <NextAction target={target} /> },
    contact: {
      head: 'Dernier contact',
      cell: ({ lastContact }) =>
        lastContact && (
          <Line
            first={<PlainDay date={lastContact.occurredOn} />}
            then={shortOrganisation(lastContact.organisation.name)}
          />
        ),
    },
  }) satisfies Record<ColumnId, Column<Target>>
export type ColumnId = ShownColumn<'targets'>
/** Which order each column gives. */
const sortOf: Record<ColumnId, Parameters<TargetOrder['sortingBy']>[0]> = {
  siret: 'siret',
  lieu: 'town',
  effectif: 'headcount',
  nature: 'nature',
  entreprise: 'size',
  etat: 'status',
  qui: 'holder',
  action: 'action',
  contact: 'contact',
}
/** The columns chosen, each with what its head does. */
export const sortedColumns = (
  campaign: Campaign,
  chosen: readonly ColumnId[],
  { sortingBy }: TargetOrder,
): Column<Target>[] => chosen.map(one => ({ ...columnsOf(campaign)[one], sort: sortingBy(sortOf[one]) }))
const columns: ListColumns<ColumnId> = {
  words: {
    siret: 'SIRET',
    lieu: 'Lieu et activité',
    effectif: 'Effectif',
    nature: 'Nature juridique',
    entreprise: 'Taille de l’entreprise',
    etat: 'État',
    qui: 'Qui s’en occupe',
    action: 'Prochaine action',
    contact: 'Dernier contact',
  },
  usual: ['lieu', 'etat', 'qui', 'action', 'contact'],
}
export const useColumns = () => useListColumns(columns)

export const ChooseTargetColumns = () => (
  <ChooseColumns columns={columns} also="et tri">
    <Suspense fallback={<Skeleton lines={2} />}>
      <TargetsSort />
    </Suspense>
    <TargetsGroup />
  </ChooseColumns>
)
