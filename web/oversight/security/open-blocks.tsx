import { ofName } from '../../../contract/names-in-french.ts'
import { formatInstant } from '../../platform/format.ts'
import { Button, DataTable, Empty, Section } from '../../ui/index.ts'
import { type Block, what, who, why } from './blocks.tsx'

/** `empty` says what would bring a block here. */
export const OpenBlocks = ({
  open,
  empty,
  onLift,
}: {
  open: readonly Block[]
  empty: string
  onLift: (block: Block) => void
}) => (
  <Section title={`En cours (${open.length})`}>
    {open.length === 0 ? (
      <Empty title="Aucun accès n’est coupé">{empty}</Empty>
    ) : (
      <DataTable
        caption="Accès coupés"
        hideCaption
        rows={open}
        keyOf={({ id }) => id}
        columns={[
          who,
          what,
          why,
          {
            head: 'Coupé',
            cell: ({ blockedAt, by }) => (
              <span>
                le {formatInstant(blockedAt)}
                <span className="fr-hint-text">par {by?.name ?? 'une règle de détection'}</span>
              </span>
            ),
          },
        ]}
        acts={block =>
          block.allowed.includes('lift') && (
            <Button size="small" priority="secondary" onClick={() => onLift(block)}>
              Lever<span className="fr-sr-only"> le blocage {ofName(block.person.name)}</span>
            </Button>
          )
        }
      />
    )}
  </Section>
)
