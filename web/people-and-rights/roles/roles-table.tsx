import { ofName } from '../../../contract/names-in-french.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import type { useList } from '../../platform/list.ts'
import { Button, DataTable } from '../../ui/index.ts'
import { type HeldRole, roleInWords, states } from './words.tsx'

export const RolesTable = <Row extends HeldRole>({
  caption,
  rows,
  more,
  onEnd,
}: {
  caption: string
  rows: readonly Row[]
  more: ReturnType<typeof useList>['more']
  onEnd: ((held: Row) => void) | undefined
}) => (
  <DataTable
    caption={caption}
    hideCaption
    rows={rows}
    keyOf={({ id }) => id}
    {...(more ? { more } : {})}
    columns={[
      {
        head: 'Personne',
        cell: ({ person, function: job }) => (
          <span className="cc-two">
            {person.name}
            <span className="fr-hint-text">{job}</span>
          </span>
        ),
      },
      {
        head: 'Rôle',
        cell: ({ role, region }) => (
          <span className="cc-two">
            {noticeRoleWords[role]}
            {(region || ['cssi', 'signataire'].includes(role)) && (
              <span className="fr-hint-text">{region?.name ?? 'toutes les régions'}</span>
            )}
          </span>
        ),
      },
      {
        head: 'État',
        cell: ({ state, leftOn }) => (
          <span className="cc-two">
            {states[state]}
            {leftOn && (
              <span className="fr-hint-text">
                part{'\u00A0'}: dernier jour le {formatDay(leftOn)}. Donnez ce rôle à une autre personne, sans date de
                fin.
              </span>
            )}
          </span>
        ),
      },
      {
        head: 'Dates',
        cell: ({ startsAt, endsAt, state }) => (
          <span className="cc-two">
            {endsAt ? 'du' : 'depuis le'} {formatDay(dayOf(startsAt))}
            {endsAt && (
              <span className="fr-hint-text">
                {state === 'over'
                  ? `terminé le ${formatDay(dayOf(endsAt))}`
                  : `jusqu’au ${formatDay(dayOf(new Date(Date.parse(endsAt) - 1)))}`}
              </span>
            )}
          </span>
        ),
      },
      {
        head: 'Motif',
        cell: ({ reason, givenBy, endReason, endedBy }) => (
          <span className="cc-two">
            {reason}
            <span className="fr-hint-text">{givenBy?.name ?? 'l’exploitant du service'}</span>
            {endReason && (
              <span className="fr-hint-text">
                Fin : {endReason} ({endedBy?.name ?? 'l’exploitant du service'})
              </span>
            )}
          </span>
        ),
      },
    ]}
    {...(onEnd
      ? {
          acts: (held: Row) =>
            held.allowed.includes('end') && (
              <Button size="small" priority="tertiary" onClick={() => onEnd(held)}>
                Mettre fin
                <span className="fr-sr-only">
                  {' '}
                  au rôle {roleInWords(held)} {ofName(held.person.name)}
                </span>
              </Button>
            ),
        }
      : {})}
  />
)
