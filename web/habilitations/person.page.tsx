import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayOf, formatDay, formatInstant, formatList } from '../platform/format.ts'
import { usePathParams } from '../platform/navigation.ts'
import { useMe } from '../platform/session.ts'
import { profileWords, roleWords, toolWords } from '../platform/words.ts'
import { WaitingNotice } from '../recovery/waiting-links.tsx'
import {
  Badge,
  Button,
  ButtonRow,
  Card,
  Columns,
  DataTable,
  Empty,
  Facts,
  Link,
  Loaded,
  Page,
  Section,
} from '../ui/index.ts'
import { GrantDialog } from './grant-dialog.tsx'
import { DepartDialog, EditDialog, EndGrantDialog, ReasonDialog } from './person-dialogs.tsx'
import { personQuery } from './queries.ts'
import {
  cutWords,
  employerWords,
  fullName,
  type Grant,
  grantWords,
  lackWords,
  type Person,
  placeWords,
  purposeWords,
  statusWords,
  watchedTone,
  watchedWords,
} from './words.ts'

type Open =
  | { act: 'edit' | 'grant' | 'suspend' | 'resume' | 'lift' | 'depart' }
  | { act: 'change' | 'end'; grant: Grant }
  | null

export default function PersonPage() {
  const { accountId } = usePathParams<{ accountId: string }>()
  const me = useMe()
  const query = useQuery({ ...personQuery(accountId), refetchOnMount: 'always' })
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const person = query.data
  const may = (act: Person['allowed'][number]) => person?.allowed.includes(act)
  return (
    <Page
      title={person ? fullName(person) : 'Personne'}
      {...(person
        ? {
            lead: `${person.function || 'Compte supprimé'}, ${employerWords(person)}`,
            beside: (
              <>
                {person.status !== 'active' && <Badge tone="warning">{statusWords[person.status]}</Badge>}
                {person.anomalies.map(a => (
                  <Badge key={a} tone={watchedTone(a)}>
                    {watchedWords[a].short}
                  </Badge>
                ))}
              </>
            ),
          }
        : {})}
      breadcrumb={[
        { label: 'Habilitations', href: '/habilitations' },
        { label: 'Personnes', href: '/habilitations/personnes' },
      ]}
      {...(may('grant') ? { actions: <Button onClick={() => setOpen({ act: 'grant' })}>Habiliter</Button> } : {})}
    >
      <Loaded query={query} lines={8}>
        {found => (
          <>
            {found.status === 'active' && <WaitingNotice accountId={found.id} />}
            <Columns shape="aside">
              <div>
                <Section title="Ce que cette personne peut faire">
                  {found.grants.length === 0 && (
                    <Empty title="Aucune habilitation">
                      {found.status === 'deleted' ? 'Le compte est supprimé.' : 'Ce compte n’ouvre aucun outil.'}
                    </Empty>
                  )}
                  {found.grants.map(grant => (
                    <GrantCard
                      key={grant.id}
                      grant={grant}
                      acts={may('grant') ? (act: 'change' | 'end') => setOpen({ act, grant }) : undefined}
                    />
                  ))}
                </Section>
                <Blocks blocks={found.blocks} />
                <History person={found} />
              </div>
              <Section title="Le compte">
                <Facts
                  items={[
                    found.email !== null && ['Courriel', found.email],
                    ['Ouvert le', formatDay(dayOf(found.createdAt))],
                    ['Dernière activité', found.lastActAt ? formatInstant(found.lastActAt) : 'jamais'],
                    found.inactiveOn && [
                      found.inactiveOn.passed ? 'Suspendu pour inactivité depuis le' : 'Sans activité, suspendu le',
                      formatDay(found.inactiveOn.day),
                    ],
                    found.waits && [
                      'À confirmer',
                      'une seconde personne, un autre RGC ou le signataire, doit confirmer ce compte',
                    ],
                    found.statusReason !== null && ['Motif de la suspension', found.statusReason],
                    found.roles.length > 0 && ['Rôles', formatList(found.roles.map(role => roleWords[role]))],
                    ['Qui décide', found.decidedBy],
                  ]}
                />
                {found.allowed.length > 0 ? (
                  <ButtonRow>
                    {may('lift') && (
                      <Button size="small" onClick={() => setOpen({ act: 'lift' })}>
                        Lever la suspension
                      </Button>
                    )}
                    {may('resume') && (
                      <Button size="small" priority="secondary" onClick={() => setOpen({ act: 'resume' })}>
                        Rétablir
                      </Button>
                    )}
                    {may('edit') && (
                      <Button size="small" priority="secondary" onClick={() => setOpen({ act: 'edit' })}>
                        Corriger
                      </Button>
                    )}
                    {may('suspend') && (
                      <Button size="small" priority="tertiary" onClick={() => setOpen({ act: 'suspend' })}>
                        Suspendre
                      </Button>
                    )}
                    {may('depart') && (
                      <Button size="small" priority="tertiary" onClick={() => setOpen({ act: 'depart' })}>
                        Supprimer le compte
                      </Button>
                    )}
                  </ButtonRow>
                ) : (
                  found.status !== 'deleted' && (
                    <p className="fr-text--sm">
                      {found.id === me.account.id
                        ? 'Personne ne décide pour soi-même'
                        : 'Vous ne décidez pas pour cette personne'}
                      . Qui décide ici : {found.decidedBy.charAt(0).toLowerCase()}
                      {found.decidedBy.slice(1)}.
                    </p>
                  )
                )}
                {found.status !== 'deleted' && (
                  <p className="fr-mt-2w fr-mb-0">
                    <Link href={`/personnes/${found.id}/connexion`}>Aider cette personne à se connecter</Link>
                  </p>
                )}
              </Section>
            </Columns>
            {open?.act === 'grant' && <GrantDialog person={found} onClose={close} />}
            {open?.act === 'change' && <GrantDialog person={found} grant={open.grant} onClose={close} />}
            {open?.act === 'end' && <EndGrantDialog grant={open.grant} onClose={close} />}
            {open?.act === 'edit' && <EditDialog person={found} onClose={close} />}
            {(open?.act === 'suspend' || open?.act === 'resume' || open?.act === 'lift') && (
              <ReasonDialog act={open.act} person={found} onClose={close} />
            )}
            {open?.act === 'depart' && <DepartDialog person={found} onClose={close} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

const GrantCard = ({ grant, acts }: { grant: Grant; acts?: ((act: 'change' | 'end') => void) | undefined }) => (
  <Card level={3}>
    <div className="cc-section__head">
      <h3 className="fr-h6 fr-mb-0">
        {toolWords[grant.tool]}, profil {profileWords[grant.profile]}
      </h3>
      {grant.missing.length === 0 ? <Badge tone="success">en vigueur</Badge> : <Badge tone="warning">sans effet</Badge>}
      {grant.beyondFunction && <Badge tone="warning">au-delà de la fonction</Badge>}
    </div>
    <p className="fr-mb-1v">
      Pour {placeWords(grant)}, depuis le {formatDay(grant.startsOn)}
      {grant.endsOn && `, jusqu’au ${formatDay(grant.endsOn)}`}
      {grant.grantedBy && `, accordée par ${grant.grantedBy.name}`} : {`«\u00A0${grant.reason}\u00A0»`}
    </p>
    {grant.purpose && (
      <p className="fr-hint-text">
        {purposeWords[grant.purpose]}
        {grant.duties && `. Missions : ${grant.duties}`}
      </p>
    )}
    {grant.missing.length > 0 && (
      <ul>
        {grant.missing.map(term => (
          <li key={term}>
            {lackWords[term]}
            {term === 'confirmation' && (
              <>
                {' '}
                <Link href="/habilitations/confirmations">À confirmer</Link>
              </>
            )}
          </li>
        ))}
      </ul>
    )}
    {acts && (
      <ButtonRow>
        <Button size="small" priority="secondary" onClick={() => acts('change')}>
          Changer<span className="fr-sr-only"> {grantWords(grant)}</span>
        </Button>
        <Button size="small" priority="tertiary" onClick={() => acts('end')}>
          Mettre fin<span className="fr-sr-only"> à {grantWords(grant)}</span>
        </Button>
      </ButtonRow>
    )}
  </Card>
)

/** What the operator cut, by an exceptional act or on suspect use (ACC-10, ACC-11). */
const Blocks = ({ blocks }: Pick<Person, 'blocks'>) =>
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

const History = ({ person: { past } }: { person: Person }) =>
  past.length === 0 ? null : (
    <Section title="À venir et finies">
      <DataTable
        caption="Habilitations à venir ou finies, la dernière d’abord"
        hideCaption
        keys={false}
        rows={past}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Habilitation', cell: grantWords },
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
      />
    </Section>
  )
