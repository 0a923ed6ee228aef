import { formatDay, formatList } from '../../platform/format.ts'
import { territoryName } from '../../territory-and-register/territories/words.ts'
import { Badge, Button, ButtonRow, DataTable, Empty, Section } from '../../ui/index.ts'
import type { Agency } from './structure-parts.ts'

export type OpenAgency = { readonly agency: Agency | null } | { readonly closes: Agency }

/** The structure's agencies, those that closed last. */
export const Agencies = ({
  agencies,
  edits,
  onOpen,
}: {
  agencies: readonly Agency[]
  edits: boolean
  onOpen: (open: OpenAgency) => void
}) => (
  <Section
    title="Agences"
    {...(edits
      ? {
          actions: (
            <Button size="small" priority="secondary" onClick={() => onOpen({ agency: null })}>
              Déclarer une agence
            </Button>
          ),
        }
      : {})}
  >
    {agencies.length === 0 ? (
      <Empty title="Aucune agence">
        Une agence réunit les territoires qu’elle sert : une habilitation peut porter sur elle.
      </Empty>
    ) : (
      <DataTable
        caption="Agences"
        hideCaption
        keys={false}
        rows={agencies}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'Nom',
            cell: ({ name, closed }) => (
              <span className="cc-two">
                {name}
                {closed && (
                  <span className="fr-hint-text">
                    <Badge>fermée</Badge> le {formatDay(closed.on)} : {closed.reason}
                  </span>
                )}
              </span>
            ),
          },
          { head: 'Territoires', cell: ({ territories }) => formatList(territories.map(territoryName)) },
        ]}
        acts={agency =>
          edits && (
            <ButtonRow>
              {!agency.closed && (
                <Button size="small" priority="tertiary" onClick={() => onOpen({ agency })}>
                  Modifier<span className="fr-sr-only"> {agency.name}</span>
                </Button>
              )}
              <Button size="small" priority="tertiary" onClick={() => onOpen({ closes: agency })}>
                {agency.closed ? 'Rouvrir' : 'Fermer'}
                <span className="fr-sr-only"> {agency.name}</span>
              </Button>
            </ButtonRow>
          )
        }
      />
    )}
  </Section>
)
