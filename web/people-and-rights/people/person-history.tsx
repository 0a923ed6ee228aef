import { dayOf, formatDay, formatInstant } from '../../platform/format.ts'
import { Badge, Button, DataTable, Section } from '../../ui/index.ts'
import { cutWords, grantWords, type Person } from '../accounts/words.ts'

/** Blocks that the operator made, by an exceptional act or on suspect use (ACC-10, ACC-11). */
export const Blocks = ({ blocks }: Pick<Person, 'blocks'>) =>
  blocks.length === 0 ? null : (
    <Section title="Coupures par l’opérateur">
      <DataTable
        caption="Coupures par l’opérateur, la dernière d’abord"
        hideCaption
        keys={false}
        rows={blocks}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'Ce qui est coupé',
            cell: block => (
              <span>
                {cutWords(block)}{' '}
                <Badge tone={block.liftedAt ? 'info' : 'warning'}>{block.liftedAt ? 'levé' : 'en cours'}</Badge>
              </span>
            ),
          },
          {
            head: 'Motif',
            cell: ({ cause, reason, incident }) => (
              <span>
                {cause === 'exceptional' ? 'Acte exceptionnel : ' : 'Usage inhabituel : '}
                {reason}
                {incident && <span className="fr-hint-text">Incident : {incident}</span>}
              </span>
            ),
          },
          {
            head: 'Dates',
            cell: ({ blockedAt, liftedAt }) =>
              `depuis le ${formatInstant(blockedAt)}${liftedAt ? `, jusqu’au ${formatInstant(liftedAt)}` : ''}`,
          },
          { head: 'Constat', cell: ({ verdict }) => verdict ?? '–', secondary: true },
        ]}
      />
    </Section>
  )

export const History = ({
  person: { past },
  onResume,
}: {
  person: Person
  onResume: (grant: Person['past'][number]) => void
}) =>
  past.length === 0 ? null : (
    <Section title="À venir et finies">
      <DataTable
        caption="Habilitations à venir ou finies, la dernière d’abord"
        hideCaption
        keys={false}
        rows={past}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'Habilitation',
            cell: grant => (
              <span>
                {grantWords(grant)} {grant.suspended && <Badge tone="warning">suspendue</Badge>}
              </span>
            ),
          },
          {
            head: 'Dates',
            cell: ({ startsOn, endsOn, endedAt }) =>
              `du ${formatDay(startsOn)}${endedAt ? ` au ${formatDay(dayOf(endedAt))}` : endsOn ? ` au ${formatDay(endsOn)}` : ''}`,
          },
          {
            head: 'Fin',
            cell: ({ endReason, endedBy }) =>
              endReason ? `${endReason}${endedBy ? `, par ${endedBy.name}` : ''}` : '–',
            secondary: true,
          },
        ]}
        acts={grant =>
          grant.allowed.includes('resume') && (
            <Button size="small" priority="secondary" onClick={() => onResume(grant)}>
              Rétablir<span className="fr-sr-only"> {grantWords(grant)}</span>
            </Button>
          )
        }
      />
    </Section>
  )
