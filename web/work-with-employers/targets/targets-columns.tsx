import { companySizeWords, legalNatureWords } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { ShownColumn } from '../../exports/file-columns.ts'
import { formatSiret } from '../../platform/format.ts'
import { type ListColumns, useListColumns } from '../../platform/list-columns.ts'
import { lineActivity, shortOrganisation, townWords } from '../../platform/names.ts'
import type { Column } from '../../ui/index.ts'
import type { Campaign, Target } from '../campaigns/words.ts'
import { ChooseColumns } from '../saved-views/choose-columns.tsx'
import { TargetsGroup } from './targets-group.tsx'
import { Line, NextAction, PlainDay, TakenBy, TargetState } from './targets-parts.tsx'
import { TargetsSort } from './targets-sort.tsx'

export const columnsOf = (campaign: Campaign) =>
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
    <TargetsSort />
    <TargetsGroup />
  </ChooseColumns>
)
