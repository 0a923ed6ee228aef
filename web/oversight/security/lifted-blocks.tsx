import { dayOf, formatDay } from '../../platform/format.ts'
import { DataTable, Section } from '../../ui/index.ts'
import { type Block, what, who, why } from './blocks.tsx'

export const LiftedBlocks = ({ closed }: { closed: readonly Block[] }) =>
  closed.length > 0 && (
    <Section title="Levés">
      <DataTable
        caption="Blocages levés"
        hideCaption
        rows={closed}
        keyOf={({ id }) => id}
        columns={[
          who,
          what,
          why,
          { head: 'Constat', cell: ({ verdict }) => verdict },
          {
            head: 'Levé',
            cell: ({ liftedAt, liftedBy }) =>
              `le ${formatDay(dayOf(liftedAt!))}${liftedBy ? ` par ${liftedBy.name}` : ''}`,
          },
        ]}
      />
    </Section>
  )
